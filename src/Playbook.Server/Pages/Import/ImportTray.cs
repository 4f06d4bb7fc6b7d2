using Microsoft.AspNetCore.Components.Forms;

namespace Playbook.Server.Pages.Import;

/// <summary>The files that somebody brought, on disk for as long as they look at them: they hold other people's data.</summary>
internal sealed class ImportTray : IDisposable
{
    public const long MostBytes = 200L * 1024 * 1024;

    private string? _folder;
    private readonly Dictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Paths => [.. _files.Values];

    public IReadOnlyList<string> Names => [.. _files.Keys];

    /// <summary>Takes a file in; one with the same name takes the place of the one before.</summary>
    public async Task Add(IBrowserFile file, Action<long>? read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        _folder ??= Directory.CreateTempSubdirectory("playbook-import-").FullName;
        // Browsers send a name only; whoever sends more has it cut.
        var name = Path.GetFileName(file.Name.Replace('\\', '/'));
        var path = Path.Combine(_folder, name.Length == 0 ? "file.csv" : name);
        await using var from = file.OpenReadStream(MostBytes, cancellationToken);
        await using var to = File.Create(path);
        var buffer = new byte[64 * 1024];
        long sum = 0;
        for (int count; (count = await from.ReadAsync(buffer, cancellationToken)) > 0; read?.Invoke(sum += count))
            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        _files[name] = path;
    }

    public void Remove(string name)
    {
        if (_files.Remove(name, out var path))
            File.Delete(path);
    }

    public void Dispose()
    {
        if (_folder is not null && Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        _folder = null;
        _files.Clear();
    }
}
