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
