namespace Playbook.Storage.Sending;

/// <summary>What the operator has set for sending, as JSON by name: <c>policy</c>, or a mailbox.</summary>
public sealed record OperatorSetting
{
    public required string Name { get; init; }
    public required string Json { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public string? By { get; init; }
}

/// <summary>That somebody was erased, without saying who.</summary>
public sealed record ErasureReceipt
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>A hash of the contact's id: whoever has the id can check that it was this one.</summary>
    public required string Subject { get; init; }

    /// <summary>How much was removed or blanked, by table, as JSON.</summary>
    public required string Removed { get; init; }

    public string? By { get; init; }
}
