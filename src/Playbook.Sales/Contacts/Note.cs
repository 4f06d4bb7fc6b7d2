namespace Playbook.Sales.Contacts;

/// <summary>What one of us wrote down about a contact, a company or a sale, outside any playbook.</summary>
public sealed record Note
{
    public required Guid Id { get; init; }

    /// <summary><c>contact</c>, <c>account</c> or <c>opportunity</c>.</summary>
    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? By { get; init; }
}
