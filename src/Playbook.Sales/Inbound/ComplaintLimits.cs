namespace Playbook.Sales.Inbound;

/// <summary>How many complaints a mailbox may draw before nothing more goes out from it: the limit that Gmail and Yahoo set.</summary>
public static class ComplaintLimits
{
    public const double HighestRate = 0.003;

    /// <summary>The time over which messages and complaints are counted.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(7);

    /// <summary>
    /// A mailbox that sends little is counted as if it had sent this many: one complaint alone stops nobody, a second one
    /// stops every small mailbox.
    /// </summary>
    private const long LeastSent = 500;

    public static bool MustPause(long sent, long complaints) => complaints > 0 && Rate(sent, complaints) >= HighestRate;

    public static double Rate(long sent, long complaints) => complaints / (double)Math.Max(sent, LeastSent);
}
