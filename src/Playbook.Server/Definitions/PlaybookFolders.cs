using Playbook.Engine.Definitions;
using Playbook.Server.Host;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Definitions;

/// <summary>
/// The folder of playbooks on disk, where playbooks live in version control. At the start, what is new or changed there
/// is taken in and published; what is broken is told of and left out; what was edited here is never overwritten unasked.
/// </summary>
public sealed class PlaybookFolders(DefinitionStore store, DefinitionCache cache, Publishing publishing, ServeOptions options, ILogger<PlaybookFolders> log)
{
    private const string By = "playbooks folder";

    /// <summary>Where it is; null where the server was started without one.</summary>
    public string? Path { get; } = options.Playbooks is { } path ? System.IO.Path.GetFullPath(path) : null;

    /// <summary>How every playbook and its folder stand to one another; empty without a folder.</summary>
    public async Task<IReadOnlyList<FolderComparison>> Compare(CancellationToken cancellationToken = default) =>
        Path is null ? [] : await store.CompareFolder(Path, cancellationToken);

    /// <summary>Takes in all that is new or changed, and publishes it where it has no errors.</summary>
    public async Task<IReadOnlyList<FolderResult>> Import(CancellationToken cancellationToken)
    {
        var results = new List<FolderResult>();
        foreach (var folder in Folders())
            results.AddRange(await Store(folder, By, force: false, cancellationToken));
        // A playbook may start one that comes after it: all are stored before the first is checked.
        for (var i = 0; i < results.Count; i++)
        {
            results[i] = await Publish(results[i], By, cancellationToken);
            if (results[i].Cause is { } cause)
                log.LogError("The playbook {Playbook} was not {Wish}: {Cause}", results[i].DefinitionId, results[i].Outcome == FolderOutcome.Refused ? "taken in" : "published, it is a draft now", cause);
        }

        return results;
    }

    /// <summary>Takes one in as the latest version; a draft that was edited here stays as an older version.</summary>
    public async Task<FolderResult> Take(string definitionId, string by, CancellationToken cancellationToken = default)
    {
        var folder = Folders().FirstOrDefault(one => System.IO.Path.GetFileName(one) == definitionId)
            ?? throw new DefinitionException($"There is no folder \"{definitionId}\" in {Path ?? "any folder of playbooks: start the server with --playbooks"}.");
        return (await Store(folder, by, force: true, cancellationToken))[0];
    }

    /// <summary>Writes the latest version of one to its folder.</summary>
    public async Task Write(string definitionId, string by, CancellationToken cancellationToken = default)
    {
        if (Path is null)
            throw new DefinitionException("The server was started without a folder of playbooks. Start it with --playbooks FOLDER.");
        var above = File.Exists(System.IO.Path.Combine(Path, "playbook.json")) ? System.IO.Path.GetDirectoryName(Path)! : Path;
        await store.ExportFolder(above, only: [definitionId], cancellationToken: cancellationToken);
        // The same content comes back: all it does is to remember that disk has it.
        await store.ImportFolder(System.IO.Path.Combine(above, definitionId), by, cancellationToken: cancellationToken);
    }

    private async Task<IReadOnlyList<FolderResult>> Store(string folder, string by, bool force, CancellationToken cancellationToken)
    {
        try
        {
            var compiled = await cache.Compile(await File.ReadAllTextAsync(System.IO.Path.Combine(folder, "playbook.json"), cancellationToken), cancellationToken);
            if (compiled.HasErrors)
                return [Refused(folder, string.Join(" ", compiled.Diagnostics.Where(d => d.Severity == Severity.Error)))];
            return await store.ImportFolder(folder, by, force, cancellationToken: cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DefinitionException)
        {
            return [Refused(folder, fault.Message)];
        }
    }

    private async Task<FolderResult> Publish(FolderResult result, string by, CancellationToken cancellationToken)
    {
        if (result.Outcome == FolderOutcome.Refused)
            return result;
        var latest = await store.Get(result.DefinitionId, cancellationToken: cancellationToken);
        // What a person took back or is working on stays so; what never got published, as before a crash, is.
        if (latest is null or { PublishedAt: not null } or { IsEditedDraft: true })
            return result;
        try
        {
            await publishing.Publish(result.DefinitionId, "imported", by, cancellationToken);
            return result;
        }
        catch (PlaybookErrorsException errors)
        {
            return result with { Cause = errors.Message };
        }
    }

    private static FolderResult Refused(string folder, string cause) => new(System.IO.Path.GetFileName(folder), FolderOutcome.Refused, null, cause);

    private IEnumerable<string> Folders() => Path is null ? [] : File.Exists(System.IO.Path.Combine(Path, "playbook.json"))
        ? [Path]
        : Directory.EnumerateDirectories(Path).Where(folder => File.Exists(System.IO.Path.Combine(folder, "playbook.json"))).Order(StringComparer.Ordinal);
}
