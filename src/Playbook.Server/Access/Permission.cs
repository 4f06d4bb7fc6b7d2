namespace Playbook.Server.Access;

/// <summary>What somebody may be allowed to do; <see cref="AccessRole"/> says who is.</summary>
public enum Permission
{
    /// <summary>See the queue, contacts, accounts, opportunities, runs and playbooks.</summary>
    See,

    /// <summary>Do steps: complete, snooze, delegate, note, send.</summary>
    Work,

    /// <summary>Start runs, change contacts, import lists.</summary>
    StartRuns,

    /// <summary>Give other people's work to somebody else, and see everybody's load.</summary>
    Rebalance,

    /// <summary>Cancel, pause, move and retry runs, one or many.</summary>
    ChangeRuns,

    /// <summary>Retry and resolve incidents, and what is held in the outbox.</summary>
    Incidents,

    /// <summary>Results, forecast, and people's figures.</summary>
    SeeResults,

    /// <summary>Suppressions, exports and erasures of personal data.</summary>
    Privacy,

    /// <summary>Draw, publish and withdraw playbooks; Elsa's API for writing.</summary>
    Draw,

    /// <summary>Invite people, give roles, disable accounts.</summary>
    People,

    /// <summary>Channels, plugins, the sending policy, the clock of trials.</summary>
    Settings,

    /// <summary>Who did what.</summary>
    Audit,
}
