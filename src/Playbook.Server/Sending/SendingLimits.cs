using System.Globalization;
using Playbook.Sales.Sending;

namespace Playbook.Server.Sending;

/// <summary>How a channel may be used. Its settings may say otherwise, by the names given here.</summary>
public sealed record SendingLimits
{
    /// <summary>How many messages it is given at the same time, 1 to 256; <c>sending-side-by-side</c>.</summary>
    public int SideBySide { get; init; } = 16;

    /// <summary>How many messages a minute it is given, evenly; null for as many as it takes. <c>sending-per-minute</c>.</summary>
    public double? PerMinute { get; init; }

    /// <summary>How long it may take over one, 1 second to 4 minutes: a permit runs out after five. <c>sending-time-limit</c>, in seconds.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After how many failures one after the other it rests, 2 or more.</summary>
    public int FailuresBeforeRest { get; init; } = 10;

    /// <summary>How long the first rest is; each that follows without a success is twice as long.</summary>
    public TimeSpan FirstRest { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>After failing for so long nothing is given to it until a person asks for it: what waits becomes incidents.</summary>
    public TimeSpan GivenUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// What it says of the caps of each sender's address; null for what the sending policy says. <c>sending-mailbox-per-hour</c>,
    /// <c>sending-mailbox-per-day</c>, <c>sending-ramp-up-start</c>, <c>sending-ramp-up-days</c>.
    /// </summary>
    public MailboxLimits? Mailbox { get; init; }

    /// <summary>Reads a channel's settings; what is missing or makes no sense is left as it is by default.</summary>
    public static SendingLimits Of(IReadOnlyDictionary<string, string> settings)
    {
        var limits = new SendingLimits();
        if (Number(settings, "sending-side-by-side") is >= 1 and <= 256 and var sideBySide)
            limits = limits with { SideBySide = (int)sideBySide };
        if (Number(settings, "sending-per-minute") is > 0 and var perMinute)
            limits = limits with { PerMinute = perMinute };
        if (Number(settings, "sending-time-limit") is >= 1 and <= 240 and var seconds)
            limits = limits with { TimeLimit = TimeSpan.FromSeconds(seconds) };
        var mailbox = new MailboxLimits
        {
            PerHour = Whole(settings, "sending-mailbox-per-hour"), PerDay = Whole(settings, "sending-mailbox-per-day"),
            RampUpStart = Whole(settings, "sending-ramp-up-start"), RampUpDays = Whole(settings, "sending-ramp-up-days"),
        };
        return mailbox == new MailboxLimits() ? limits : limits with { Mailbox = mailbox };
    }

    private static int? Whole(IReadOnlyDictionary<string, string> settings, string name) =>
        Number(settings, name) is >= 0 and <= 1_000_000 and var number ? (int)number : null;

    private static double? Number(IReadOnlyDictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
