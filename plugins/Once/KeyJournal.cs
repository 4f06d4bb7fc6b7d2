using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Playbook.Once;

/// <summary>What is known of a message by its key.</summary>
/// <param name="Since">When it was first meant to go, UTC.</param>
/// <param name="Mark">A hash of what was handed over at the last attempt: it may be written anew for the next.</param>
/// <param name="ProviderId">The provider's name for it; null where the provider may or may not have it.</param>
internal sealed record KeyEntry(DateTimeOffset Since, string Mark, string? ProviderId);

/// <summary>
/// Which messages went, for providers that do not tell one attempt from the next. A line is on disk before the provider is
/// asked (it is meant to go) and before the answer is given on (it went), so that after a crash in between it is known which
/// messages must be looked up first. Keys are kept as hashes: a key may be any text, and nothing here names a contact. The file
/// is read when it is first asked, since a channel is opened without touching the disk.
/// </summary>
internal sealed class KeyJournal(string folder, string name, TimeProvider clock)
{
    /// <summary>After this time nobody asks again; older lines are left out when the file is opened.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const char Meant = 'M';
    private const char Went = 'W';
    private const char Not = 'N';

    private readonly Lock _lock = new();
    private readonly string _file = Path.Combine(folder, name);
    private readonly Dictionary<string, KeyEntry> _entries = [];
    private readonly HashSet<string> _providerIds = [];
    private bool _isRead;

    /// <summary>A file name and query value for any key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));

    public KeyEntry? Find(string key)
    {
        lock (_lock)
            return Entries().GetValueOrDefault(HashOf(key));
    }

    /// <summary>Whether the provider's message is known to be one of ours.</summary>
    public bool IsKnown(string providerId)
    {
        lock (_lock)
        {
            Entries();
            return _providerIds.Contains(providerId);
        }
    }

    /// <summary>It is about to go, with this text. The time of the first attempt stays.</summary>
    public void Mean(string key, string text)
    {
        var (hash, mark) = (HashOf(key), HashOf(text));
        lock (_lock)
        {
            var known = Entries().GetValueOrDefault(hash);
            if (known is null || (known.ProviderId is null && known.Mark != mark))
                Write(Meant, hash, new KeyEntry(known?.Since ?? clock.GetUtcNow(), mark, null));
        }
    }

    /// <summary>The provider has it.</summary>
    public void Accept(string key, string providerId)
    {
        var hash = HashOf(key);
        lock (_lock)
        {
            var known = Entries().GetValueOrDefault(hash);
            if (known?.ProviderId is null)
                Write(Went, hash, new KeyEntry(known?.Since ?? clock.GetUtcNow(), known?.Mark ?? "-", providerId));
        }
    }

    /// <summary>It surely did not go: the provider said so, or was never reached.</summary>
    public void Withdraw(string key)
    {
        var hash = HashOf(key);
        lock (_lock)
            if (Entries().GetValueOrDefault(hash) is { ProviderId: null } entry)
                Write(Not, hash, entry);
    }

    private void Write(char kind, string hash, KeyEntry entry)
    {
        var line = Line(kind, hash, entry);
        using (var stream = new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.Read))
        {
            stream.Write(Encoding.ASCII.GetBytes(line));
            stream.Flush(flushToDisk: true);
        }

        Apply(kind, hash, entry);
    }

    private void Apply(char kind, string hash, KeyEntry entry)
    {
        if (kind == Not)
            _entries.Remove(hash);
        else
            _entries[hash] = entry;
        if (entry.ProviderId is { } id)
            _providerIds.Add(id);
    }

    private static string Line(char kind, string hash, KeyEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{kind} {hash} {entry.Since.ToUnixTimeMilliseconds()} {entry.Mark} {Uri.EscapeDataString(entry.ProviderId ?? "-")}\n");

    private Dictionary<string, KeyEntry> Entries()
    {
        if (!_isRead)
            Read();
        return _entries;
    }

    private void Read()
    {
        if (File.Exists(_file))
            foreach (var line in Whole(File.ReadAllText(_file)))
                if (line.Split(' ') is [{ Length: 1 } kind, var hash, var since, var mark, var id]
                    && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
                    Apply(kind[0], hash, new KeyEntry(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), mark, kind[0] == Went ? Uri.UnescapeDataString(id) : null));
        Rewrite();
        _isRead = true;
    }

    /// <summary>A crash in the middle of a line leaves it without its end: it was never said to be on disk.</summary>
    private static IEnumerable<string> Whole(string text) => text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void Rewrite()
    {
        var oldest = clock.GetUtcNow() - Kept;
        foreach (var (hash, _) in _entries.Where(entry => entry.Value.Since < oldest).ToList())
            _entries.Remove(hash);
        var draft = _file + ".new";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            foreach (var (hash, entry) in _entries)
                stream.Write(Encoding.ASCII.GetBytes(Line(entry.ProviderId is null ? Meant : Went, hash, entry)));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, _file, overwrite: true);
    }
}
