using System.Security.Cryptography;
using System.Text.Json;

namespace Playbook.Letter.Batches;

/// <summary>
/// Keeps letters and batches on disk: <c>letters/KEY.json</c> is an accepted letter, <c>batches/ID.json</c> a closed batch,
/// <c>batches/ID.printed</c> says that its print files were written. Each is one file that is there whole or not at all, so
/// that a crash at any write loses no letter and puts none into two batches.
/// </summary>
/// <param name="folder">The channel's own folder.</param>
/// <param name="print">Writes a batch's print files; called again after a crash, and must then give the same.</param>
/// <param name="reached">Called before each change on disk; trials throw in it to die there.</param>
internal sealed class LetterBook(string folder, Func<Batch, IReadOnlyList<AcceptedLetter>, CancellationToken, Task> print, Action<string>? reached = null) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, string> _nameByCode = [];
    private readonly Dictionary<string, DateTimeOffset> _waiting = [];
    private readonly Dictionary<string, Batch> _batches = [];
    private byte[]? _secret;

    private string Letters => Path.Combine(folder, "letters");

    private string Batches => Path.Combine(folder, "batches");

    /// <summary>What is known without asking the disk; empty before the first letter or batch.</summary>
    public BookState State { get; private set; } = new(0, null);

    /// <summary>The letter that was accepted with the key; null where there is none.</summary>
    public async Task<AcceptedLetter?> Find(string key, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        return await Read(SafeFile.NameOf(key), cancellationToken);
    }

    /// <summary>The letter with the code; null where there is none.</summary>
    public async Task<AcceptedLetter?> FindByCode(string code, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        return _nameByCode.TryGetValue(code, out var name) ? await Read(name, cancellationToken) : null;
    }

    /// <summary>Keeps a letter for the next batch and gives it its code. One that is there already is given back as it is.</summary>
    public async Task<AcceptedLetter> Accept(AcceptedLetter letter, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        var name = SafeFile.NameOf(letter.Key);
        if (await Read(name, cancellationToken) is { } known)
            return known;
        var code = TrackingCode.For(letter.Key, _secret);
        for (var attempt = 1; _nameByCode.ContainsKey(code); attempt++)
            code = TrackingCode.For(letter.Key, _secret, attempt);
        var kept = letter with { Code = code };
        reached?.Invoke("letter");
        await Save(Path.Combine(Letters, name + ".json"), kept, cancellationToken);
        reached?.Invoke("letter kept");
        _nameByCode.Add(code, name);
        _waiting.Add(name, kept.AcceptedAt);
        Tell();
        return kept;
    }

    /// <summary>Closes a batch with all waiting letters accepted until then; null where there are none. Finishes what a crash left half done first.</summary>
    public async Task<Batch?> Close(DateOnly date, DateTimeOffset acceptedUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        foreach (var unfinished in _batches.Values.Where(batch => !IsPrinted(batch)).OrderBy(batch => batch.ClosedAt).ToList())
            await Print(unfinished, cancellationToken);
        var names = _waiting.Where(letter => letter.Value <= acceptedUntil).OrderBy(letter => letter.Value).ThenBy(letter => letter.Key, StringComparer.Ordinal).Select(letter => letter.Key).ToList();
        if (names.Count == 0)
            return null;
        var id = $"{date:yyyy-MM-dd}";
        for (var number = 2; _batches.ContainsKey(id); number++)
            id = $"{date:yyyy-MM-dd}-{number}";
        var batch = new Batch(id, date, now, names);
        reached?.Invoke("batch");
        await Save(Path.Combine(Batches, id + ".json"), batch, cancellationToken);
        reached?.Invoke("batch kept");
        Remember(batch);
        Tell();
        await Print(batch, cancellationToken);
        return batch;
    }

    /// <summary>Takes names, addresses and texts out of letters whose batch was printed before then. Keys and codes stay: no letter goes twice.</summary>
    public async Task<int> Forget(DateTimeOffset before, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        var forgotten = 0;
        foreach (var name in _batches.Values.Where(batch => batch.ClosedAt < before && IsPrinted(batch)).SelectMany(batch => batch.Letters).ToList())
        {
            if (await Read(name, cancellationToken) is not { Address.Count: > 0 } letter)
                continue;
            await Save(Path.Combine(Letters, name + ".json"), letter with { Address = [], Subject = null, Text = "", FromName = null, Enclosures = [] }, cancellationToken);
            forgotten++;
        }
        return forgotten;
    }

    public void Dispose() => _gate.Dispose();

    private bool IsPrinted(Batch batch) => File.Exists(Path.Combine(Batches, batch.Id + ".printed"));

    private async Task Print(Batch batch, CancellationToken cancellationToken)
    {
        var letters = new List<AcceptedLetter>();
        foreach (var name in batch.Letters)
            letters.Add(await Read(name, cancellationToken) ?? throw new InvalidOperationException($"The letter {name} of batch {batch.Id} is missing in {Letters}. Put it back from a backup."));
        reached?.Invoke("print");
        await print(batch, letters, cancellationToken);
        reached?.Invoke("printed");
        await SafeFile.Write(Path.Combine(Batches, batch.Id + ".printed"), _ => Task.CompletedTask, cancellationToken);
        reached?.Invoke("print kept");
    }

    private async Task<IDisposable> Open(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_secret is null)
                await Load(cancellationToken);
            return new Turn(_gate);
        }
        catch
        {
            _gate.Release();
            throw;
        }
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Letters);
        Directory.CreateDirectory(Batches);
        // A crash can have come in the middle of an earlier try.
        _nameByCode.Clear();
        _waiting.Clear();
        _batches.Clear();
        foreach (var file in Directory.EnumerateFiles(Letters).Where(file => !SafeFile.IsDraft(file)))
        {
            var letter = await ReadFile<AcceptedLetter>(file, cancellationToken);
            _nameByCode[letter.Code] = Path.GetFileNameWithoutExtension(file);
            _waiting[Path.GetFileNameWithoutExtension(file)] = letter.AcceptedAt;
        }
        foreach (var file in Directory.EnumerateFiles(Batches, "*.json"))
            Remember(await ReadFile<Batch>(file, cancellationToken));
        _secret = await Secret(cancellationToken);
        Tell();
    }

    private async Task<byte[]> Secret(CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "secret");
        if (!File.Exists(file))
            await SafeFile.Write(file, stream => stream.WriteAsync(RandomNumberGenerator.GetBytes(32), cancellationToken).AsTask(), cancellationToken);
        return await File.ReadAllBytesAsync(file, cancellationToken);
    }

    private void Remember(Batch batch)
    {
        _batches[batch.Id] = batch;
        foreach (var name in batch.Letters)
            _waiting.Remove(name);
    }

    private void Tell() => State = new BookState(_waiting.Count, _batches.Values.MaxBy(batch => batch.ClosedAt)?.Id);

    private async Task<AcceptedLetter?> Read(string name, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Letters, name + ".json");
        return File.Exists(file) ? await ReadFile<AcceptedLetter>(file, cancellationToken) : null;
    }

    private static Task Save<T>(string file, T value, CancellationToken cancellationToken) =>
        SafeFile.Write(file, stream => JsonSerializer.SerializeAsync(stream, value, JsonSerializerOptions.Web, cancellationToken), cancellationToken);

    private static async Task<T> ReadFile<T>(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<T>(stream, JsonSerializerOptions.Web, cancellationToken)
            ?? throw new InvalidOperationException($"{file} says nothing. Put it back from a backup.");
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
