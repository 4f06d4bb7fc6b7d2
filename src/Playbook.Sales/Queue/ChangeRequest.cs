namespace Playbook.Sales.Queue;

/// <summary>What somebody who does a step says is wrong with it: a wish to whoever designs the playbook.</summary>
public sealed record ChangeRequest
{
    public required Guid Id { get; init; }
    public required string DefinitionId { get; init; }

    /// <summary>The version in which the step was done.</summary>
    public required int Version { get; init; }

    public required string ActivityId { get; init; }
    public required string Step { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? By { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedBy { get; init; }
}
