namespace Playbook.Sales.Sending;

/// <summary>One thing that the policy looked at.</summary>
/// <param name="RuleId">Which rule, such as <c>dk-mfl-10-1</c>.</param>
/// <param name="Verdict">What that rule alone would have said.</param>
/// <param name="Said">Why, as people read it.</param>
public sealed record Reason(string RuleId, Verdict Verdict, string Said)
{
    /// <summary>Until when that rule asks to wait, UTC.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What the sending policy says of one message: a closed set. Each quotes its rule as people read it.</summary>
public abstract record SendingDecision
{
    private SendingDecision()
    {
    }

    /// <summary>The id of the rule that decided.</summary>
    public required string RuleId { get; init; }

    /// <summary>Everything that was looked at, in its order.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>It may go, until <paramref name="ValidUntil"/> (UTC).</summary>
    public sealed record Permit(DateTimeOffset ValidUntil, string Rule) : SendingDecision;

    /// <summary>Not before <paramref name="Until"/> (UTC); ask again then.</summary>
    public sealed record Wait(DateTimeOffset Until, string Rule) : SendingDecision;

    /// <summary>It must not go.</summary>
    public sealed record Block(string Rule) : SendingDecision;
}
