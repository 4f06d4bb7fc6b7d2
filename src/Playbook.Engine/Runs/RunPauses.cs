using Playbook.Abstractions;
using Playbook.Engine.Activities;

namespace Playbook.Engine.Runs;

/// <summary>A run that a person made stand still, and its going on.</summary>
internal static class RunPauses
{
    /// <summary>Whether a pause or its end changes anything: a run is paused once, and only one that waits or stands at an incident can be.</summary>
    public static bool Concerns(RunState state, Stimulus stimulus) => stimulus switch
    {
        Stimulus.Paused => state is { Pause: null, SubStatus: RunSubStatus.Suspended or RunSubStatus.Faulted },
        _ => state.Pause is not null,
    };

    public static void Begin(Turn turn, Stimulus.Paused paused) => turn.State.Pause = new RunPause(turn.Now, paused.Reason, paused.By);

    /// <summary>Ends the pause. What became due meanwhile is due from <see cref="Stimulus.Resumed.NotBefore"/> on, in its order.</summary>
    /// <returns>Whether something that came meanwhile is to be taken now.</returns>
    public static bool End(RunState state, Stimulus.Resumed resumed)
    {
        state.Pause = null;
        if (resumed.NotBefore is { } from)
            for (var i = 0; i < state.Bookmarks.Count; i++)
                if (state.Bookmarks[i].DueAt < from)
                    state.Bookmarks[i] = state.Bookmarks[i] with { DueAt = from };
        return state.Deferred is { Count: > 0 } && state.SubStatus == RunSubStatus.Suspended;
    }
}
