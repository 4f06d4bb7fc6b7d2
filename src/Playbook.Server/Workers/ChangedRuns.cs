using System.Collections.Concurrent;

namespace Playbook.Server.Workers;

/// <summary>
/// Which of the runs that somebody watches have changed. A run that changes often meanwhile stands here once; a run that
/// nobody watches costs a commit nothing.
/// </summary>
public sealed class ChangedRuns : IDisposable
{
    private readonly ConcurrentDictionary<Guid, int> _watched = [];
    private readonly ConcurrentDictionary<Guid, byte> _changed = [];
    private readonly Wakeup _bell = new();

    public void Watch(Guid runId) => _watched.AddOrUpdate(runId, 1, (_, watchers) => watchers + 1);

    /// <summary>To be called once for each <see cref="Watch"/>.</summary>
    public void Leave(Guid runId)
    {
        while (_watched.TryGetValue(runId, out var watchers))
            if (watchers > 1 ? _watched.TryUpdate(runId, watchers - 1, watchers) : _watched.TryRemove(new(runId, watchers)))
                return;
    }

    public void Tell(Guid runId)
    {
        if (_watched.IsEmpty || !_watched.ContainsKey(runId))
            return;
        _changed[runId] = 0;
        _bell.Ring();
    }

    /// <summary>Waits for changes; nothing where none came within <paramref name="atMost"/>.</summary>
    public async Task<IReadOnlyCollection<Guid>> Next(TimeSpan atMost, TimeProvider clock, CancellationToken stopping)
    {
        await _bell.Wait(atMost, clock, stopping);
        List<Guid> changed = [];
        foreach (var (runId, _) in _changed)
            if (_changed.TryRemove(runId, out _))
                changed.Add(runId);
        return changed;
    }

    public void Dispose() => _bell.Dispose();
}
