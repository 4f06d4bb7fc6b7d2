namespace Playbook.Sales.Reps;

/// <summary>Reps who work together, such as a regional office.</summary>
public sealed record Team
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
