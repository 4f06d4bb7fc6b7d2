using Playbook.Sales.Consent;
using Playbook.Sales.Sending;

namespace Playbook.Storage.Sending;

/// <summary>A touch as far as the policy looks at it.</summary>
internal readonly record struct PastTouch(string Channel, bool IsOut, TouchKind Kind, DateTimeOffset At, Guid? ContactId, Guid? RepId, DateTimeOffset? ReturnsAt);

/// <summary>What the touches of a contact and of its company mean for the next one. Both newest first.</summary>
internal sealed class TouchHistory(SendingQuestion question, SendingSettings settings, IReadOnlyList<PastTouch> own, IReadOnlyList<PastTouch> company)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public SendingContext Apply(SendingContext context, Func<Guid, string?> repName)
    {
        var wrote = Newest(own, touch => touch is { IsOut: false, Kind: TouchKind.Replied })?.At;
        context = context with
        {
            WroteAt = wrote is { } at && at + settings.ReplyAllowsAnswer > question.Now ? at : null,
            AwayUntil = AwayUntil(),
            TakenBy = Taken(own, settings.ContactIsOneReps, "the contact", repName) ?? Taken(company, settings.CompanyIsOneReps, "somebody at the company", repName),
            Caps = [.. Caps("contact", "touches of this contact", settings.ContactPerDay, settings.ContactPerWeek, own), .. Caps("company", "touches of this company", settings.CompanyPerDay, settings.CompanyPerWeek, company)],
            Gaps = Gaps(),
        };
        return context with { StoppedByReply = IsCold(context) ? Reply() : null };
    }

    private static PastTouch? Newest(IReadOnlyList<PastTouch> touches, Func<PastTouch, bool> wanted)
    {
        foreach (var touch in touches)
            if (wanted(touch))
                return touch;
        return null;
    }

    // Whoever agreed, buys or wrote to us themselves is not written to cold.
    private static bool IsCold(SendingContext context) =>
        !context.IsCustomer && !context.ConsentEmail && context.WroteAt is null && !context.Wills.Any(will => will.Act == ConsentAct.Given);

    private DateTimeOffset? AwayUntil() =>
        Newest(own, touch => touch is { IsOut: false, Kind: TouchKind.AutoReplied or TouchKind.Replied }) is { Kind: TouchKind.AutoReplied } auto
            ? auto.ReturnsAt ?? auto.At + settings.QuietAfterAutoReply
            : null;

    private string? Taken(IReadOnlyList<PastTouch> touches, TimeSpan belongs, string whom, Func<Guid, string?> repName)
    {
        if (belongs <= TimeSpan.Zero || question.RepId is not { } rep)
            return null;
        return Newest(touches, touch => touch is { IsOut: true, RepId: not null }) is { RepId: { } other } last && other != rep && last.At + belongs > question.Now
            ? $"{repName(other) ?? "Another rep"} contacted {whom} on {last.At.ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture)}."
            : null;
    }

    private string? Reply() =>
        settings.ReplyStopsColleagues > TimeSpan.Zero
        && Newest(company, touch => touch is { IsOut: false, Kind: TouchKind.Replied } && touch.ContactId != question.ContactId && touch.At + settings.ReplyStopsColleagues > question.Now) is { } reply
            ? $"A colleague of the contact answered us on {reply.At.ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture)}."
            : null;

    private List<CapUse> Caps(string id, string what, int perDay, int perWeek, IReadOnlyList<PastTouch> touches)
    {
        var moments = touches.Where(touch => touch.IsOut).Select(touch => touch.At).ToList();
        var caps = new List<CapUse>(2);
        if (perDay > 0)
            caps.Add(CapUse.Of($"{id}-day", $"{what} in a day", perDay, Day, moments, question.Now));
        if (perWeek > 0)
            caps.Add(CapUse.Of($"{id}-week", $"{what} in seven days", perWeek, Week, moments, question.Now));
        return caps;
    }

    private List<GapUse> Gaps() =>
        settings.ContactGap > TimeSpan.Zero && Newest(own, touch => touch.IsOut && touch.Channel == question.Channel) is { } last
            ? [new("contact", $"Between two touches of one contact over one channel lie {settings.ContactGap.TotalMinutes:0} minutes", last.At + settings.ContactGap)]
            : [];
}
