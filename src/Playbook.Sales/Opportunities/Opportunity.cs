namespace Playbook.Sales.Opportunities;

/// <summary>A sale that may come about. It can be the subject of a run by itself, with or without a known person.</summary>
public sealed record Opportunity
{
    public required Guid Id { get; init; }

    /// <summary>What makes two records the same sale: the source's id, else name and account.</summary>
    public required string NaturalKey { get; init; }

    /// <summary>The id in the system it came from.</summary>
    public string? ExternalId { get; init; }

    public required string Name { get; init; }
    public Guid? AccountId { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? ProductId { get; init; }

    /// <summary>The rep it belongs to.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>One of <see cref="Phases.Phase"/>; playbooks move it.</summary>
    public required string Phase { get; init; }

    /// <summary>The source's own word for where it stands.</summary>
    public string? Stage { get; init; }

    public OpportunityStatus Status { get; init; }
    public DateOnly? EngagedOn { get; init; }

    /// <summary>When it was closed or, while open, is expected to be.</summary>
    public DateOnly? ClosesOn { get; init; }

    public decimal? Value { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

public enum OpportunityStatus
{
    Open,
    Won,
    Lost,
}
