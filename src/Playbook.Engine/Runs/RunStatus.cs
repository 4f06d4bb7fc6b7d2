namespace Playbook.Engine.Runs;

/// <summary>Elsa's two statuses of a run.</summary>
public enum RunStatus
{
    Running,
    Finished,
}

/// <summary>Elsa's sub-statuses of a run.</summary>
public enum RunSubStatus
{
    Pending,
    Executing,
    Suspended,
    Finished,
    Cancelled,
    Faulted,
}

public static class RunStatuses
{
    /// <summary>The status that a sub-status belongs to.</summary>
    public static RunStatus Of(RunSubStatus subStatus) =>
        subStatus is RunSubStatus.Finished or RunSubStatus.Cancelled or RunSubStatus.Faulted ? RunStatus.Finished : RunStatus.Running;
}
