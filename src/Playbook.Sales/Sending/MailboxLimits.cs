namespace Playbook.Sales.Sending;

/// <summary>What a channel says of the caps of each sender's address; null for what the policy says.</summary>
public sealed record MailboxLimits
{
    /// <summary>0 for no limit.</summary>
    public int? PerHour { get; init; }

    /// <summary>0 for no limit.</summary>
    public int? PerDay { get; init; }

    /// <summary>On a new address's first day.</summary>
    public int? RampUpStart { get; init; }

    public int? RampUpDays { get; init; }
}
