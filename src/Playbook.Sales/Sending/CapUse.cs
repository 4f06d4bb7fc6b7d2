namespace Playbook.Sales.Sending;

/// <summary>How full a cap is.</summary>
/// <param name="Id">Such as <c>mailbox-day</c>.</param>
/// <param name="What">What is limited, as people read it: "messages from this mailbox in a day".</param>
/// <param name="Limit">How many are allowed within the window.</param>
/// <param name="FreesAt">Where it is full, when the oldest that counts leaves the window, UTC; null where there is room.</param>
public sealed record CapUse(string Id, string What, int Limit, DateTimeOffset? FreesAt)
{
    /// <summary>From the moments of what went before, newest first.</summary>
    public static CapUse Of(string id, string what, int limit, TimeSpan window, IReadOnlyList<DateTimeOffset> newestFirst, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        return new(id, what, limit, newestFirst.Count >= limit && newestFirst[limit - 1] + window > now ? newestFirst[limit - 1] + window : null);
    }

    public bool IsFullAt(DateTimeOffset at) => FreesAt > at;
}

/// <summary>A pause that must lie between two touches.</summary>
/// <param name="Id">Such as <c>contact-gap</c>.</param>
/// <param name="What">Between what, as people read it.</param>
/// <param name="Until">When it is over, UTC.</param>
public sealed record GapUse(string Id, string What, DateTimeOffset Until);
