namespace Playbook.Storage.Runs.Writing;

/// <summary>
/// Heads of runs that were read or written lately, so that a turn's commit need not look its run up a second time. An
/// entry may be behind the database, never ahead of it outside the open transaction; the update that relies on it checks.
/// </summary>
internal sealed class HeadCache
{
    private const int Slots = 1 << 14;

    private readonly Entry?[] _entries = new Entry?[Slots];

    private sealed record Entry(Guid Id, RunHead Head);

    internal bool TryGet(Guid id, long revision, out RunHead head)
    {
        var entry = Volatile.Read(ref _entries[Slot(id)]);
        head = entry is null ? default : entry.Head;
        return entry is not null && entry.Id == id && head.Revision == revision;
    }

    /// <summary>Called by readers beside the writer: what the writer knows already is newer.</summary>
    internal void Put(Guid id, in RunHead head)
    {
        ref var slot = ref _entries[Slot(id)];
        var before = Volatile.Read(ref slot);
        if (before is null || before.Id != id || before.Head.Revision < head.Revision)
            Interlocked.CompareExchange(ref slot, new(id, head), before);
    }

    /// <summary>After the run was deleted, for its id may come again.</summary>
    internal void Remove(Guid id)
    {
        ref var slot = ref _entries[Slot(id)];
        if (Volatile.Read(ref slot) is { } known && known.Id == id)
            Interlocked.CompareExchange(ref slot, null, known);
    }

    /// <summary>After a rollback: what the undone transaction put here never happened.</summary>
    internal void Clear() => Array.Clear(_entries);

    private static int Slot(Guid id) => id.GetHashCode() & (Slots - 1);
}
