namespace Playbook.Sales.Sending;

/// <summary>What the sending policy says of one message: a closed set. Each quotes its rule as people read it.</summary>
public abstract record SendingDecision
{
    private SendingDecision()
    {
    }

    /// <summary>It may go, until <paramref name="ValidUntil"/> (UTC).</summary>
    public sealed record Permit(DateTimeOffset ValidUntil, string Rule) : SendingDecision;

    /// <summary>Not before <paramref name="Until"/> (UTC); ask again then.</summary>
    public sealed record Wait(DateTimeOffset Until, string Rule) : SendingDecision;

    /// <summary>It must not go.</summary>
    public sealed record Block(string Rule) : SendingDecision;
}
