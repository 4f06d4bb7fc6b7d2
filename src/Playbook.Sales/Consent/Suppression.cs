namespace Playbook.Sales.Consent;

public enum SuppressionKind
{
    /// <summary>An e-mail address, number or profile, hashed.</summary>
    Address,

    /// <summary>A person by name and postal address, hashed.</summary>
    Person,

    /// <summary>A contact by its id.</summary>
    Contact,

    /// <summary>Everybody at a domain.</summary>
    Domain,
}

/// <summary>Somebody who must not be contacted. Addresses and persons are kept as hashes only: see <see cref="SuppressionKey"/>.</summary>
public sealed record Suppression
{
    public required Guid Id { get; init; }
    public required SuppressionKind Kind { get; init; }

    /// <summary>Made by <see cref="SuppressionKey"/>; one entry per key and scope.</summary>
    public required string Key { get; init; }

    /// <summary>A channel's id, or <see cref="ConsentEntry.Everything"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>Why, as people read it.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The list that it came with, such as <c>robinson</c> or <c>dnc</c>; null for our own.</summary>
    public string? List { get; init; }

    public string? By { get; init; }
}

/// <summary>A list of suppressions as it was last taken in: law asks how old it may be.</summary>
public sealed record SuppressionList
{
    public required string Name { get; init; }
    public required DateTimeOffset ImportedAt { get; init; }
    public long Rows { get; init; }
    public string? By { get; init; }
}
