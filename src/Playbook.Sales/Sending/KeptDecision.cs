namespace Playbook.Sales.Sending;

public enum Verdict
{
    Permit,
    Wait,
    Block,
}

/// <summary>A decision of the sending policy as it is kept: what was asked, what was said, and every reason looked at.</summary>
public sealed record KeptDecision
{
    public required Guid Id { get; init; }

    /// <summary>The message by its idempotency key (the outbox id), or the task of a guided step.</summary>
    public required string MessageKey { get; init; }

    public required DateTimeOffset At { get; init; }
    public required string Channel { get; init; }
    public required Verdict Verdict { get; init; }

    /// <summary>The id of the rule that decided, such as <c>dk-mfl-10-1</c>.</summary>
    public required string RuleId { get; init; }

    /// <summary>What people read: the rule, quoted where it is a law.</summary>
    public required string Rule { get; init; }

    /// <summary>Until when the permit holds, or when to ask again.</summary>
    public DateTimeOffset? Until { get; init; }

    public Guid? RunId { get; init; }
    public Guid? ContactId { get; init; }

    /// <summary>All reasons looked at, in their order, as JSON.</summary>
    public required string Reasons { get; init; }

    /// <summary>The facts that were used, as JSON; no name or address among them.</summary>
    public required string Facts { get; init; }
}
