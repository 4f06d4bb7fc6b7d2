namespace Playbook.Sales.Inbound;

/// <summary>From when messages that come back softly say that an address does not work.</summary>
public static class BounceLimits
{
    /// <summary>As many messages to one address, with none that reached it between.</summary>
    public const int SoftBounces = 3;

    /// <summary>Within this time; what is older has no weight any more.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(14);

    public static bool CountsAsHard(int softBounces) => softBounces >= SoftBounces;
}
