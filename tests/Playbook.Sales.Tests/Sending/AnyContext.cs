using Playbook.Sales.Consent;
using Playbook.Sales.Sending;

namespace Playbook.Sales.Tests.Sending;

/// <summary>Contexts at random, and the raw moments that their caps were made from. The same seed gives the same ones.</summary>
internal sealed class AnyContext(int seed)
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string?[] Countries = ["DK", "DK", "GB", "GB", "US", "US", "DE", "SE", "FR", "PT", "RU", "AU", "BR", "ZZ", null];
    private static readonly string?[] Phones = ["+45 33 44 55 66", "+44 20 7946 0123", "+1 212 555 0123", "+1 305 555 0123", "+1 512 555 0123", "+1 808 555 0123", "+61 2 5550 1234", "+7 495 123 45 67", "33445566", "12", "no number", null];
    private static readonly string[] Channels = ["email", "email", "email", "sms", "phone", "phone", "social", "letter", "calendar", "webhook", "fax"];
    private static readonly string?[] Zones = [null, null, null, "Europe/Copenhagen", "America/New_York", "Asia/Tokyo", "Nowhere/Else", "America/Los_Angeles"];
    private static readonly string[] Lists = ["robinson", "dnc", "tps", "rivals"];

    private readonly Random _random = new(seed);

    public Dictionary<string, (IReadOnlyList<DateTimeOffset> Moments, int Limit, TimeSpan Window)> Sends { get; } = new(StringComparer.Ordinal);

    public SendingContext Next()
    {
        Sends.Clear();
        var now = Begin.AddMinutes(_random.Next(0, 3 * 365 * 24 * 60)).AddSeconds(_random.Next(60));
        // Half of them by day in a working week, so that permits are frequent enough to be tested.
        if (_random.Next(2) == 0)
            now = new DateTimeOffset(now.Date.AddDays(-(int)now.DayOfWeek + _random.Next(1, 6)), TimeSpan.Zero).AddMinutes(_random.Next(7 * 60, 22 * 60));
        var channel = Of(Channels);
        return new(channel, now)
        {
            Purpose = ChannelClass.PurposeOf(channel),
            HasContact = !Rarely(50),
            Email = Rarely(20) ? null : "ada@example.com",
            Phone = Of(Phones),
            LinkedIn = Rarely(4) ? null : "https://www.linkedin.com/in/ada",
            DoNotContact = Rarely(20),
            ConsentEmail = Rarely(4),
            IsConsumer = Rarely(3),
            IsCustomer = Rarely(6),
            Country = Of(Countries),
            TimeZone = Of(Zones),
            Wills = Wills(now),
            Suppressions = Rarely(8) ? [new(Scope(), "said so", Rarely(2) ? Of(Lists) : null)] : [],
            Lists = Lists.Where(_ => !Rarely(3)).ToDictionary(list => list, _ => now.AddDays(-_random.Next(0, 120))),
            WroteAt = Rarely(6) ? now.AddDays(-_random.Next(0, 60)) : null,
            AwayUntil = Rarely(10) ? now.AddHours(_random.Next(-48, 200)) : null,
            TakenBy = Rarely(20) ? "Karen has them." : null,
            StoppedByReply = Rarely(20) ? "Bo answered." : null,
            Caps = [Cap("mailbox-hour", now, TimeSpan.FromHours(1)), Cap("mailbox-day", now, TimeSpan.FromDays(1)), Cap("contact-week", now, TimeSpan.FromDays(7))],
            Gaps = Rarely(5) ? [new("mailbox", "Between two messages lie 20 seconds", now.AddSeconds(_random.Next(-30, 30)))] : [],
            Settings = Settings(),
        };
    }

    /// <summary>The same with one more way of saying no to its channel.</summary>
    public SendingContext OptedOut(SendingContext context) => _random.Next(4) switch
    {
        0 => context with { DoNotContact = true },
        1 => context with { Wills = [.. context.Wills, new(ConsentAct.Objected, Rarely(2) ? context.Channel : ConsentEntry.Everything, context.Now)] },
        2 => context with { Wills = [.. context.Wills, new(ConsentAct.Withdrawn, Rarely(2) ? context.Channel : ConsentEntry.Everything, context.Now.AddDays(1))] },
        _ => context with { Suppressions = [.. context.Suppressions, new(Rarely(2) ? context.Channel : ConsentEntry.Everything, "said so", null)] },
    };

    private static readonly SendingSettings[] Policies =
    [
        new(),
        new() { KeepsNationalHolidays = false, OwnHolidays = [new(2026, 5, 15), new(2027, 3, 3)] },
        new() { Hours = new Dictionary<string, IReadOnlyList<HoursBlock>> { ["*"] = [new([DayOfWeek.Tuesday, DayOfWeek.Saturday], new(6, 30), new(7, 15)), new([DayOfWeek.Tuesday], new(20, 0), new(0, 0))], ["phone"] = [] } },
        new() { Hours = new Dictionary<string, IReadOnlyList<HoursBlock>>() },
    ];

    private SendingSettings Settings() => Rarely(3) ? Of(Policies) : Policies[0];

    private List<Will> Wills(DateTimeOffset now)
    {
        var wills = new List<Will>();
        for (var i = _random.Next(0, 3); i > 0; i--)
            wills.Add(new(Rarely(8) ? ConsentAct.Objected : Rarely(4) ? ConsentAct.Withdrawn : ConsentAct.Given, Scope(), now.AddDays(-_random.Next(0, 400))));
        return wills;
    }

    private CapUse Cap(string id, DateTimeOffset now, TimeSpan window)
    {
        var limit = _random.Next(1, 6);
        var moments = Enumerable.Range(0, Rarely(3) ? _random.Next(0, 9) : _random.Next(0, limit))
            .Select(_ => now - TimeSpan.FromSeconds(_random.Next(0, (int)(window.TotalSeconds * 1.5)))).OrderDescending().ToList();
        Sends[id] = (moments, limit, window);
        return CapUse.Of(id, "messages", limit, window, moments, now);
    }

    private string Scope() => _random.Next(5) switch { 0 => ConsentEntry.Everything, 1 => "sms", 2 => "phone", _ => "email" };

    private bool Rarely(int oneIn) => _random.Next(oneIn) == 0;

    private T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
