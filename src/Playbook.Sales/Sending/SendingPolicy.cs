namespace Playbook.Sales.Sending;

/// <summary>
/// Whether a message may go: pure, so that the worker, a preview and a simulation all say the same. No channel is called
/// without its leave. Every rule is looked at and says its word: one that forbids outranks one that asks to wait, and
/// that outranks all that allow; of equals the first in the order of the groups is quoted.
/// </summary>
public static class SendingPolicy
{
    /// <summary>How long a leave holds at most: long enough to send, too short to send on old facts.</summary>
    public static readonly TimeSpan PermitHolds = TimeSpan.FromMinutes(5);

    public static SendingDecision Decide(SendingContext context, JurisdictionPacks? packs = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        packs ??= JurisdictionPacks.Shipped;
        var place = ContactZones.Of(context);
        var reasons = new List<Reason>(16);
        WillRules.Look(context, packs, reasons);
        var law = LawRules.Look(context, packs, reasons);
        PaceRules.Look(context, reasons);
        var hours = HourRules.Look(context, law.Hours, place, reasons);
        var deciding = First(reasons, Verdict.Block) ?? First(reasons, Verdict.Wait);
        return deciding?.Verdict switch
        {
            Verdict.Block => new SendingDecision.Block(deciding.Said) { RuleId = deciding.RuleId, Reasons = reasons },
            Verdict.Wait => Wait(deciding, reasons, hours),
            _ => Permit(context, law.Allowed ?? Nothing(context), reasons, hours),
        };
    }

    /// <summary>The hours at which the contact may be reached, as far as law and operator go.</summary>
    public static OpenHours HoursOf(SendingContext context, JurisdictionPacks? packs = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var unused = new List<Reason>();
        return HourRules.Look(context, LawRules.Look(context, packs ?? JurisdictionPacks.Shipped, unused).Hours, ContactZones.Of(context), unused);
    }

    private static SendingDecision Wait(Reason deciding, List<Reason> reasons, OpenHours hours)
    {
        DateTimeOffset latest = default;
        foreach (var reason in reasons)
            if (reason.Until > latest)
                latest = reason.Until.Value;
        // The hours may be closed again when the last pause is over.
        return hours.Next(latest) is { } until
            ? new SendingDecision.Wait(until, deciding.Said) { RuleId = deciding.RuleId, Reasons = reasons }
            : new SendingDecision.Block(HourRules.NeverOpen) { RuleId = HourRules.NeverOpenId, Reasons = reasons };
    }

    private static SendingDecision.Permit Permit(SendingContext context, Reason allowed, List<Reason> reasons, OpenHours hours)
    {
        var until = context.Now + PermitHolds;
        if (hours.ClosesAt(context.Now) is { } closes && closes < until)
            until = closes;
        return new(until.ToUniversalTime(), allowed.Said) { RuleId = allowed.RuleId, Reasons = reasons };
    }

    private static Reason Nothing(SendingContext context) => context.Purpose == SendingPurpose.Service
        ? new("service", Verdict.Permit, "A message that was asked for or is needed is no direct marketing, and nothing stands against it.")
        : new("nothing-against", Verdict.Permit, "Nothing stands against a message over this channel.");

    private static Reason? First(List<Reason> reasons, Verdict verdict)
    {
        foreach (var reason in reasons)
            if (reason.Verdict == verdict)
                return reason;
        return null;
    }
}
