namespace Playbook.Server.Pages.Incidents;

/// <summary>What is done about many stopped runs at once.</summary>
public enum Cure
{
    /// <summary>The failed step is tried again.</summary>
    Retry,

    /// <summary>The failed step counts as done.</summary>
    Skip,

    /// <summary>The run ends.</summary>
    End,
}
