namespace Playbook.Sales.Queue;

/// <summary>A task as the queue weighs it. Moments are UTC; what is null does not count.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="CreatedAt">When it was asked for; the last thing to decide, so that no order is ever left to chance.</param>
public sealed record QueueItem(string TaskId, DateTimeOffset CreatedAt)
{
    /// <summary>When the contact wrote or called and nobody has answered yet.</summary>
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>When a rep has promised to call or write.</summary>
    public DateTimeOffset? PromisedAt { get; init; }

    /// <summary>Until when a hand-over has to be accepted or returned.</summary>
    public DateTimeOffset? AcceptBy { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the contact can no longer be reached today.</summary>
    public DateTimeOffset? WindowClosesAt { get; init; }

    /// <summary>When the contact can be reached again; null for now.</summary>
    public DateTimeOffset? WindowOpensAt { get; init; }

    /// <summary>Until when the rep has put it off.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>What the step is expected to bring, in the company's currency; 0 where nobody knows.</summary>
    public decimal ExpectedValue { get; init; }

    /// <summary>How long the step takes, above zero.</summary>
    public TimeSpan Takes { get; init; } = TimeSpan.FromMinutes(10);

    public decimal ValuePerHour => ExpectedValue / (decimal)Math.Max(Takes.TotalHours, 1.0 / 60);
}

/// <summary>Why an item stands where it stands, the most urgent first.</summary>
public enum QueueReason
{
    /// <summary>The contact has answered: that beats every planned step.</summary>
    Replied,

    /// <summary>A promise comes due.</summary>
    Promised,

    /// <summary>A hand-over must be accepted or returned soon.</summary>
    Accept,

    /// <summary>The contact can soon no longer be reached today.</summary>
    WindowCloses,

    /// <summary>It should have been done.</summary>
    Late,

    /// <summary>It brings the most for an hour's work.</summary>
    Value,

    /// <summary>It is due today.</summary>
    Due,

    /// <summary>Nothing hurries it.</summary>
    Open,

    /// <summary>It has to wait: put off by the rep, promised for later, or the contact sleeps.</summary>
    NotYet,
}

/// <summary>An item in its place.</summary>
/// <param name="Why">What decided the place.</param>
/// <param name="From">When it can be begun; now or later.</param>
public sealed record QueuePlace(QueueItem Item, QueueReason Why, DateTimeOffset From);
