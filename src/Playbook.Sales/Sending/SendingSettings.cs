using System.Runtime.CompilerServices;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Sending;

/// <summary>Hours of a week, as the operator writes them.</summary>
public sealed record HoursBlock(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To);

/// <summary>At most so many in an hour and in a day; 0 for no limit. An hour and a day end now: they are no clock's.</summary>
public sealed record Cap(int PerHour, int PerDay);

/// <summary>How the operator wants sending to be, on top of what law demands. The defaults are careful.</summary>
public sealed record SendingSettings
{
    /// <summary>When people are contacted, in their own time, by channel; <c>*</c> for every channel that is not named. No block at all means at any time.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<HoursBlock>> Hours { get; init; } = new Dictionary<string, IReadOnlyList<HoursBlock>>(StringComparer.Ordinal)
    {
        ["*"] = [new(BusinessHours.WorkingDays, new(8, 0), new(18, 0))],
        ["phone"] = [new(BusinessHours.WorkingDays, new(8, 0), new(12, 0)), new(BusinessHours.WorkingDays, new(12, 30), new(17, 0))],
        ["letter"] = [],
        ["calendar"] = [],
        ["webhook"] = [],
    };

    /// <summary>Whether nobody is contacted on the public holidays of their country.</summary>
    public bool KeepsNationalHolidays { get; init; } = true;

    /// <summary>Days on which we contact nobody.</summary>
    public IReadOnlyList<DateOnly> OwnHolidays { get; init; } = [];

    /// <summary>From one mailbox, once it is old enough.</summary>
    public Cap Mailbox { get; init; } = new(60, 400);

    /// <summary>From a new mailbox on its first day; it grows evenly until <see cref="RampUpDays"/>.</summary>
    public int RampUpStart { get; init; } = 20;

    public int RampUpDays { get; init; } = 30;

    /// <summary>Between two messages from one mailbox.</summary>
    public TimeSpan MailboxGap { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>To one receiving domain, over all mailboxes.</summary>
    public Cap Domain { get; init; } = new(100, 1_000);

    /// <summary>To one contact in seven days, over all channels and reps; 0 for no limit.</summary>
    public int ContactPerWeek { get; init; } = 8;

    public int ContactPerDay { get; init; } = 3;

    /// <summary>To one company in seven days, over all channels, contacts and reps; 0 for no limit.</summary>
    public int CompanyPerWeek { get; init; } = 60;

    public int CompanyPerDay { get; init; } = 20;

    /// <summary>Between two touches of one contact over the same channel.</summary>
    public TimeSpan ContactGap { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a contact belongs to the rep who last contacted them; zero for not at all.</summary>
    public TimeSpan ContactIsOneReps { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The same for a whole company; zero, the default, for not at all.</summary>
    public TimeSpan CompanyIsOneReps { get; init; } = TimeSpan.Zero;

    /// <summary>How long a reply from a company keeps other reps from contacting others there; zero for not at all.</summary>
    public TimeSpan ReplyStopsColleagues { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long somebody is left alone after an automatic reply that does not say until when.</summary>
    public TimeSpan QuietAfterAutoReply { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a contact who wrote to us may be answered without a consent.</summary>
    public TimeSpan ReplyAllowsAnswer { get; init; } = TimeSpan.FromDays(30);

    /// <summary>No hours, caps and pauses of our own: only what people want and what law says holds.</summary>
    public static SendingSettings WithoutLimits { get; } = new()
    {
        Hours = new Dictionary<string, IReadOnlyList<HoursBlock>>(), KeepsNationalHolidays = false, Mailbox = new(0, 0), MailboxGap = TimeSpan.Zero, Domain = new(0, 0),
        ContactPerDay = 0, ContactPerWeek = 0, CompanyPerDay = 0, CompanyPerWeek = 0, ContactGap = TimeSpan.Zero, ContactIsOneReps = TimeSpan.Zero,
        ReplyStopsColleagues = TimeSpan.Zero,
    };

    /// <summary>The same with what a channel says of its senders' addresses.</summary>
    public SendingSettings With(MailboxLimits? limits) => limits is null ? this : this with
    {
        Mailbox = new(limits.PerHour ?? Mailbox.PerHour, limits.PerDay ?? Mailbox.PerDay),
        RampUpStart = limits.RampUpStart ?? RampUpStart,
        RampUpDays = limits.RampUpDays ?? RampUpDays,
    };

    /// <summary>How many a mailbox of this age may send in a day; 0 for no limit.</summary>
    public int MailboxPerDay(TimeSpan age)
    {
        if (Mailbox.PerDay == 0 || RampUpDays <= 0 || age >= TimeSpan.FromDays(RampUpDays) || RampUpStart >= Mailbox.PerDay)
            return Mailbox.PerDay;
        var days = Math.Max(0, age.TotalDays);
        return Math.Max(1, RampUpStart + (int)((Mailbox.PerDay - RampUpStart) * days / RampUpDays));
    }

    /// <summary>The hours of a channel; null for any time.</summary>
    public BusinessHours? HoursOf(string channel)
    {
        var blocks = Hours.GetValueOrDefault(channel) ?? Hours.GetValueOrDefault("*") ?? [];
        return blocks.Count == 0 ? null : Weeks.GetValue(blocks, WeekOf);
    }

    // Read from the same list for every message.
    private static readonly ConditionalWeakTable<IReadOnlyList<HoursBlock>, BusinessHours> Weeks = [];

    /// <summary>What is wrong with them, by the name of the setting; empty where nothing is.</summary>
    public IEnumerable<(string Name, string Problem)> Problems()
    {
        foreach (var (channel, blocks) in Hours)
            foreach (var block in blocks ?? [])
                if (block?.Days is not { Count: > 0 } || (block.From >= block.To && block.To != TimeOnly.MinValue))
                    yield return ("hours", $"The hours of '{channel}' need days, and must end after they begin; write two blocks for hours past midnight.");
        foreach (var (name, number) in new[] { ("contactPerDay", ContactPerDay), ("contactPerWeek", ContactPerWeek), ("companyPerDay", CompanyPerDay), ("companyPerWeek", CompanyPerWeek), ("rampUpStart", RampUpStart), ("rampUpDays", RampUpDays),
            ("mailbox", Math.Min(Mailbox.PerHour, Mailbox.PerDay)), ("domain", Math.Min(Domain.PerHour, Domain.PerDay)) })
            if (number < 0)
                yield return (name, "It cannot be below 0; 0 means no limit.");
        foreach (var (name, time) in new[] { ("mailboxGap", MailboxGap), ("contactGap", ContactGap), ("contactIsOneReps", ContactIsOneReps), ("companyIsOneReps", CompanyIsOneReps), ("replyStopsColleagues", ReplyStopsColleagues),
            ("quietAfterAutoReply", QuietAfterAutoReply), ("replyAllowsAnswer", ReplyAllowsAnswer) })
            if (time < TimeSpan.Zero || time > Longest)
                yield return (name, "It must be between nothing and a year.");
    }

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    internal static BusinessHours WeekOf(IReadOnlyList<HoursBlock> blocks) => BusinessHours.Of(
        BusinessHours.EveryDay.ToDictionary(day => day, day => (IReadOnlyList<DayBlock>)[.. blocks.Where(block => block.Days.Contains(day)).Select(block => new DayBlock(block.From, block.To))]));
}
