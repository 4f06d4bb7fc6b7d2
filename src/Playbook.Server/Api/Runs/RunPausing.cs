using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Server.Api.Runs;

/// <summary>Makes runs stand still and go on, one or many, for the pages and the API alike.</summary>
public sealed class RunPausing(RunHost host)
{
    /// <summary>Many runs go on one after the other: what became due in all of them does not come at once.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    /// <summary>Null where it is over, or paused already.</summary>
    public ValueTask<RunState?> Pause(Guid id, string? reason, string? by, CancellationToken cancellationToken = default) =>
        host.Take(id, new Stimulus.Paused(reason, by), null, cancellationToken);

    /// <summary>Null where it is not paused.</summary>
    public ValueTask<RunState?> Resume(Guid id, string? reason, string? by, CancellationToken cancellationToken = default) =>
        host.Take(id, new Stimulus.Resumed(reason, by), null, cancellationToken);

    /// <summary>Returns those that it paused.</summary>
    public async Task<IReadOnlyList<Guid>> PauseAll(IEnumerable<Guid> ids, string? reason, string? by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var paused = new List<Guid>();
        foreach (var id in ids)
            if (await Pause(id, reason, by, cancellationToken) is not null)
                paused.Add(id);
        return paused;
    }

    /// <summary>Returns those that go on; each a little after the one before.</summary>
    public async Task<IReadOnlyList<Guid>> ResumeAll(IEnumerable<Guid> ids, string? reason, string? by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var resumed = new List<Guid>();
        var begin = host.Clock.GetUtcNow();
        foreach (var id in ids)
            if (await host.Take(id, new Stimulus.Resumed(reason, by) { NotBefore = begin + resumed.Count * Apart }, null, cancellationToken) is not null)
                resumed.Add(id);
        return resumed;
    }
}
