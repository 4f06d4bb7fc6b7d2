namespace Playbook.Storage.Runs.Writing;

/// <summary>A run whose due time a commit changed; milliseconds, null for none.</summary>
internal readonly record struct DueMove(Guid RunId, long? From, long? To);

/// <summary>
/// When each run is due next, earliest first. Kept in memory and rebuilt at start: as an indexed table it cost half of
/// the commits per second.
/// </summary>
internal sealed class DueQueue
{
    private readonly Lock _gate = new();
    private readonly SortedSet<(long At, Guid RunId)> _queue = [];

    internal DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
                return _queue.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_queue.Min.At);
        }
    }

    internal void Apply(List<DueMove> moves)
    {
        lock (_gate)
        {
            foreach (var move in moves)
            {
                if (move.From is { } from)
                    _queue.Remove((from, move.RunId));
                if (move.To is { } to)
                    _queue.Add((to, move.RunId));
            }
        }
    }

    internal IReadOnlyList<Guid> Until(DateTimeOffset until, int max)
    {
        var last = until.ToUnixTimeMilliseconds();
        var due = new List<Guid>();
        lock (_gate)
        {
            foreach (var (at, runId) in _queue)
            {
                if (at > last || due.Count >= max)
                    break;
                due.Add(runId);
            }
        }

        return due;
    }
}
