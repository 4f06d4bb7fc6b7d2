using System.Globalization;
using Playbook.Sales.Calendar;
using Playbook.Sales.Consent;

namespace Playbook.Sales.Sending;

/// <summary>What law says at the contact's place: of every country that it may be.</summary>
internal static class LawRules
{
    /// <param name="Allowed">What the leave stands on; null where law has nothing to say.</param>
    /// <param name="Hours">Hours that law allows, with the rule that says so.</param>
    public readonly record struct Outcome(Reason? Allowed, IReadOnlyList<(BusinessHours Hours, JurisdictionRule Rule, string? Source)> Hours);

    public static Outcome Look(SendingContext context, JurisdictionPacks packs, List<Reason> reasons)
    {
        if (context.Purpose == SendingPurpose.Service)
            reasons.Add(new("service", Verdict.Permit, "It is no direct marketing, so the rules on that do not hold."));
        var number = PhonePlace.Of(context.Phone, context.Country);
        var countries = Countries(context, number);
        Reason? unlocked = null;
        Reason? scrubbed = null;
        Reason? allowed = null;
        List<(BusinessHours, JurisdictionRule, string?)>? hours = null;
        var looked = new List<string>(8);
        foreach (var pack in countries.Count == 0 ? packs.For(null) : countries.SelectMany(packs.For))
        {
            foreach (var rule in pack.Rules)
            {
                if (!rule.AppliesTo(context.Channel, context.Purpose, context.IsConsumer, countries) || looked.Contains(rule.Id))
                    continue;
                looked.Add(rule.Id);
                if (rule.Effect == RuleEffect.Hours)
                {
                    var (week, source) = rule.HoursFor(number.AreaCode);
                    (hours ??= []).Add((week, rule, source));
                    continue;
                }

                var reason = rule.Effect switch
                {
                    RuleEffect.Block => Blocking(rule, context),
                    RuleEffect.Scrub => Scrubbing(rule, context),
                    _ => new Reason(rule.Id, Verdict.Permit, rule.Words),
                };
                reasons.Add(reason);
                if (reason.Verdict == Verdict.Permit)
                    _ = rule.Effect switch { RuleEffect.Block => unlocked ??= reason, RuleEffect.Scrub => scrubbed ??= reason, _ => allowed ??= reason };
            }
        }

        // A consent is the best of grounds, also where law asks for none.
        if (unlocked is null && context.Purpose == SendingPurpose.Marketing && Unlock.Agreed(context) is { } agreed)
            unlocked = new("consent", Verdict.Permit, agreed);
        return new(unlocked ?? scrubbed ?? allowed, hours ?? []);
    }

    private static Reason Blocking(JurisdictionRule rule, SendingContext context) => Unlock.Of(rule, context) is { } unlocked
        ? new(rule.Id, Verdict.Permit, unlocked)
        : new(rule.Id, Verdict.Block, rule.Words);

    private static Reason Scrubbing(JurisdictionRule rule, SendingContext context)
    {
        if (Unlock.Of(rule, context) is { } unlocked)
            return new(rule.Id, Verdict.Permit, unlocked);
        foreach (var entry in context.Suppressions)
            if (entry.List == rule.List && (entry.Scope == context.Channel || entry.Scope == ConsentEntry.Everything))
                return new(rule.Id, Verdict.Block, $"The contact is on the list '{rule.List}'. {rule.Words}");
        var days = rule.MaxAgeDays.ToString(CultureInfo.InvariantCulture);
        var cure = $"take it in with: playbook suppress import FILE --list {rule.List}";
        if (!context.Lists.TryGetValue(rule.List!, out var taken))
            return new(rule.Id, Verdict.Block, $"The list '{rule.List}' was never taken in, so nobody knows whether the contact is on it; {cure}. {rule.Words}");
        return taken + TimeSpan.FromDays(rule.MaxAgeDays) < context.Now
            ? new(rule.Id, Verdict.Block, $"The list '{rule.List}' is of {Unlock.Day(taken)} and may be {days} days old; {cure}. {rule.Words}")
            : new(rule.Id, Verdict.Permit, $"The contact is not on the list '{rule.List}' of {Unlock.Day(taken)}. {rule.Words}");
    }

    /// <summary>Their country, and for calls and texts that of the number too; without a country, the number's alone.</summary>
    private static List<string> Countries(SendingContext context, PhonePlace number)
    {
        var countries = new List<string>(2);
        if (!string.IsNullOrWhiteSpace(context.Country))
            countries.Add(context.Country.Trim().ToUpperInvariant());
        if (number.Country is { } called && !countries.Contains(called) && (countries.Count == 0 || context.Channel is "phone" or "sms"))
            countries.Add(called);
        return countries;
    }
}
