namespace Playbook.Sales.Contacts;

/// <summary>A person whom we may talk to.</summary>
public sealed record Contact
{
    public required Guid Id { get; init; }

    /// <summary>What makes two records the same person: the e-mail address, else name and account.</summary>
    public required string NaturalKey { get; init; }

    public required string Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Title { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? LinkedIn { get; init; }

    /// <summary>Two letters, such as <c>en</c> or <c>da</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Street and number, or a box; several lines are possible.</summary>
    public string? Street { get; init; }

    public string? PostalCode { get; init; }
    public string? City { get; init; }

    /// <summary>State, province or county where an address needs one, such as <c>CA</c>.</summary>
    public string? Region { get; init; }

    /// <summary>ISO 3166 with two letters.</summary>
    public string? Country { get; init; }

    /// <summary>An IANA name, such as <c>Europe/Copenhagen</c>.</summary>
    public string? TimeZone { get; init; }

    public Guid? AccountId { get; init; }
    public Guid? OwnerId { get; init; }
    public double? Score { get; init; }

    /// <summary>A private person, not somebody at a company: the law is stricter.</summary>
    public bool IsConsumer { get; init; }

    /// <summary>Agreed to get e-mail. False until somebody can show the consent.</summary>
    public bool ConsentEmail { get; init; }

    /// <summary>Asked to be left alone. It outranks every consent.</summary>
    public bool DoNotContact { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
