namespace Playbook.Sales.Accounts;

/// <summary>A company that buys, or might.</summary>
public sealed record Account
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The name without case, punctuation and legal form: two accounts never share it.</summary>
    public required string NameKey { get; init; }

    public string? Sector { get; init; }
    public int? YearEstablished { get; init; }

    /// <summary>Yearly revenue in the unit of the source, which no export says.</summary>
    public decimal? Revenue { get; init; }

    public int? Employees { get; init; }

    /// <summary>Where the office is, in the source's words.</summary>
    public string? Location { get; init; }

    /// <summary>ISO 3166 with two letters, where <see cref="Location"/> names a country.</summary>
    public string? Country { get; init; }

    public Guid? ParentId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
