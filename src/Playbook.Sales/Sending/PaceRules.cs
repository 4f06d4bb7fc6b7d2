using System.Globalization;

namespace Playbook.Sales.Sending;

/// <summary>How often and by whom: exclusivity, replies, absences, caps and gaps.</summary>
internal static class PaceRules
{
    public static void Look(SendingContext context, List<Reason> reasons)
    {
        reasons.Add(context.TakenBy is { } taken
            ? new("exclusive", Verdict.Block, $"{taken} One rep at a time speaks with a contact; agree with them, or wait until theirs is over.")
            : new("exclusive", Verdict.Permit, "No other rep has the contact."));
        if (context.Purpose == SendingPurpose.Marketing)
            reasons.Add(context.StoppedByReply is { } reply
                ? new("colleague-replied", Verdict.Block, $"{reply} While somebody at the company talks with us, nobody else there is written to cold.")
                : new("colleague-replied", Verdict.Permit, "Nobody else at the company has answered another rep."));
        reasons.Add(context.AwayUntil is { } away && away > context.Now
            ? new("away", Verdict.Wait, $"An automatic reply says that the contact is away until {Moment(away)}.") { Until = away }
            : new("away", Verdict.Permit, "No automatic reply says that the contact is away."));
        foreach (var cap in context.Caps)
            reasons.Add(cap.IsFullAt(context.Now)
                ? new("cap-" + cap.Id, Verdict.Wait, $"At most {cap.Limit.ToString(CultureInfo.InvariantCulture)} {cap.What}; the next is free at {Moment(cap.FreesAt!.Value)}.") { Until = cap.FreesAt }
                : new("cap-" + cap.Id, Verdict.Permit, $"There is room under the cap of {cap.Limit.ToString(CultureInfo.InvariantCulture)} {cap.What}."));
        foreach (var gap in context.Gaps)
            reasons.Add(gap.Until > context.Now
                ? new("gap-" + gap.Id, Verdict.Wait, $"{gap.What}, so not before {Moment(gap.Until)}.") { Until = gap.Until }
                : new("gap-" + gap.Id, Verdict.Permit, $"{gap.What}: it is over."));
    }

    internal static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("ddd d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
