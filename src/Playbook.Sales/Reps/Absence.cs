namespace Playbook.Sales.Reps;

/// <summary>Somebody is away, and a colleague sees to their tasks meanwhile.</summary>
public sealed record Absence
{
    public required Guid Id { get; init; }
    public required string Person { get; init; }
    public required string Cover { get; init; }
    public required DateTimeOffset From { get; init; }

    /// <summary>The first moment when they are back.</summary>
    public required DateTimeOffset Until { get; init; }

    public string? By { get; init; }

    public bool Holds(DateTimeOffset at) => From <= at && at < Until;
}
