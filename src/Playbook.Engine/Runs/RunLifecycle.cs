namespace Playbook.Engine.Runs;

/// <summary>The one table of what a run may become.</summary>
public static class RunLifecycle
{
    private static readonly Dictionary<RunSubStatus, RunSubStatus[]> Legal = new()
    {
        [RunSubStatus.Pending] = [RunSubStatus.Executing, RunSubStatus.Cancelled],
        [RunSubStatus.Executing] = [RunSubStatus.Suspended, RunSubStatus.Finished, RunSubStatus.Cancelled, RunSubStatus.Faulted],
        [RunSubStatus.Suspended] = [RunSubStatus.Executing, RunSubStatus.Cancelled],
        // A person's retry or skip takes a faulted run up again.
        [RunSubStatus.Faulted] = [RunSubStatus.Executing, RunSubStatus.Cancelled],
        [RunSubStatus.Finished] = [],
        [RunSubStatus.Cancelled] = [],
    };

    public static bool CanMove(RunSubStatus from, RunSubStatus to) => Array.IndexOf(Legal[from], to) >= 0;

    /// <summary>Whether the run has ended for good.</summary>
    public static bool IsOver(RunState state) => Legal[state.SubStatus].Length == 0;

    public static void Move(RunState state, RunSubStatus to, DateTimeOffset now)
    {
        if (!CanMove(state.SubStatus, to))
            throw new InvalidOperationException($"A run that is {state.SubStatus} cannot become {to}.");
        state.SubStatus = to;
        state.Status = RunStatuses.Of(to);
        state.UpdatedAt = now;
        state.FinishedAt = state.Status == RunStatus.Finished ? now : null;
    }
}
