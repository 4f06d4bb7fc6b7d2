using NodaTime;
using NodaTime.TimeZones;
using Playbook.Sales.Calendar;
using Playbook.Sales.Consent;
using Playbook.Sales.Sending;

namespace Playbook.Sales.Tests.Sending;

/// <summary>What must hold for any context at all. What is expected is worked out anew here, not asked of the policy.</summary>
public sealed class SendingPolicyProperties
{
    private const int Contexts = 100_000;

    [Fact]
    public void Nothing_is_permitted_against_anybodys_will_over_a_cap_out_of_hours_or_against_the_law()
    {
        var any = new AnyContext(20260302);
        var seen = new Dictionary<Verdict, int>();
        for (var i = 0; i < Contexts; i++)
        {
            var context = any.Next();
            var decision = SendingPolicy.Decide(context);
            Quotes(decision);
            var verdict = decision switch { SendingDecision.Permit => Verdict.Permit, SendingDecision.Wait => Verdict.Wait, _ => Verdict.Block };
            seen[verdict] = seen.GetValueOrDefault(verdict) + 1;
            if (decision is SendingDecision.Permit permit)
            {
                Hold(Against(context, any) is null, () => $"{i}: permitted by {permit.RuleId} although {Against(context, any)}: {context}");
                Hold(permit.ValidUntil > context.Now && permit.ValidUntil <= context.Now + SendingPolicy.PermitHolds, () => $"{i}: {permit}");
                Hold(Closed(context, permit.ValidUntil.AddTicks(-1)) is null, () => $"{i}: the permit outlasts its window: {permit} {context}");
            }

            if (decision is SendingDecision.Wait wait)
                Leads(i, context, wait);
            if (decision is not SendingDecision.Permit)
                Hold(SendingPolicy.Decide(any.OptedOut(context)) is not SendingDecision.Permit, () => $"{i}: an opt-out made it permitted: {context}");
            else
                Hold(SendingPolicy.Decide(any.OptedOut(context)) is SendingDecision.Block, () => $"{i}: an opt-out was not heard: {context}");
        }

        // A policy that forbids everything would hold all of the above.
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.True(seen.GetValueOrDefault(verdict) > Contexts / 20, $"{verdict}: {seen.GetValueOrDefault(verdict)} of {Contexts}"));
    }

    // A message is only put together where it is needed: a hundred thousand of them are most of the time otherwise.
    private static void Hold(bool holds, Func<string> otherwise)
    {
        if (!holds)
            Assert.Fail(otherwise());
    }

    private static void Quotes(SendingDecision decision)
    {
        var rule = decision switch { SendingDecision.Permit permit => permit.Rule, SendingDecision.Wait wait => wait.Rule, SendingDecision.Block block => block.Rule, _ => "" };
        Hold(rule.Trim().Length > 20 && decision.RuleId.Length > 0 && decision.Reasons.Count > 0, decision.ToString);
    }

    /// <summary>The moment waited for is permitted when nothing else changes; only age can forbid it then.</summary>
    private static void Leads(int i, SendingContext context, SendingDecision.Wait wait)
    {
        Hold(wait.Until > context.Now, () => $"{i}: {wait}");
        var later = SendingPolicy.Decide(context with { Now = wait.Until });
        if (later is SendingDecision.Block)
            Assert.Contains(later.Reasons, reason => reason.Verdict == Verdict.Block && Ages(reason.RuleId, context, wait.Until));
        else
            Hold(later is SendingDecision.Permit, () => $"{i}: waits again: {wait} {later} {context}");
    }

    private static bool Ages(string ruleId, SendingContext context, DateTimeOffset until) =>
        JurisdictionPacks.Shipped.All.SelectMany(pack => pack.Rules).Single(rule => rule.Id == ruleId) is { } rule
        && (rule.List is not null || (context.WroteAt is { } wrote && wrote.AddDays(30) <= until));

    private static string? Against(SendingContext context, AnyContext any)
    {
        if (context.DoNotContact)
            return "they asked to be left alone";
        if (context.Wills.Any(will => will.Act == ConsentAct.Objected && (will.Scope == context.Channel || will.Scope == "everything")))
            return "they objected";
        if (Last(context) is ConsentAct.Withdrawn)
            return "they took their consent back";
        if (context.Suppressions.Any(entry => entry.List is null or "rivals" && (entry.Scope == context.Channel || entry.Scope == "everything")))
            return "they are suppressed";
        if (!context.HasContact)
            return "nobody is known";
        foreach (var (id, (moments, limit, window)) in any.Sends)
            if (moments.Count(moment => moment > context.Now - window) >= limit)
                return $"the cap {id} is full";
        if (context.Gaps.Any(gap => gap.Until > context.Now) || context.AwayUntil > context.Now || context.TakenBy is not null)
            return "of a gap, an absence or another rep";
        return Unlawful(context) ?? Closed(context, context.Now);
    }

    private static string? Unlawful(SendingContext context)
    {
        if (context.Channel is "calendar" or "webhook")
            return null;
        var agreed = Last(context) is ConsentAct.Given || (Last(context) is null && context is { Channel: "email", ConsentEmail: true });
        var wrote = context.WroteAt is { } at && at > context.Now.AddDays(-30);
        var isElectronic = context.Channel is not ("phone" or "letter");
        if (context.Country == "DK" && isElectronic && !agreed && !wrote && !context.IsCustomer)
            return "of markedsføringsloven § 10";
        if (context is { Country: "DK", Channel: "phone", IsConsumer: true } && !agreed && !wrote)
            return "of forbrugeraftaleloven § 4";
        if (context is { Country: "GB" or "DE" or "FR", IsConsumer: true } && isElectronic && !agreed && !wrote && !context.IsCustomer)
            return "consumers must agree";
        if (context is { Country: "BR" or "ZZ" or "AU" or "RU" } && isElectronic && !agreed)
            return "the law is not known";
        if (context is { Country: "US", Channel: "phone", IsConsumer: true } && !agreed && !wrote && (!context.Lists.TryGetValue("dnc", out var dnc) || dnc < context.Now.AddDays(-31) || Listed(context, "dnc")))
            return "of the do-not-call registry";
        return context is { Country: "DK", Channel: "letter", IsConsumer: true } && !wrote && (!context.Lists.ContainsKey("robinson") || Listed(context, "robinson")) ? "of the Robinson list" : null;
    }

    private static bool Listed(SendingContext context, string list) => context.Suppressions.Any(entry => entry.List == list && (entry.Scope == context.Channel || entry.Scope == "everything"));

    private static ConsentAct? Last(SendingContext context) =>
        context.Wills.Where(will => will.Scope == context.Channel || will.Scope == "everything").OrderBy(will => will.At).LastOrDefault()?.Act;

    /// <summary>Why the moment is out of hours in some zone that the contact may be in; each zone of the country is looked at.</summary>
    private static string? Closed(SendingContext context, DateTimeOffset at)
    {
        foreach (var zone in Candidates(context))
        {
            var local = Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime;
            var (day, time) = (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
            if (context.Channel is "phone" or "sms" && context.Country == "US" && (time < new TimeOnly(8, 0) || time >= new TimeOnly(21, 0)))
                return $"it is {local} in {zone.Id}: TCPA";
            var blocks = context.Settings.Hours.GetValueOrDefault(context.Channel) ?? context.Settings.Hours.GetValueOrDefault("*") ?? [];
            if (blocks.Count == 0)
                continue;
            if (!blocks.Any(block => block.Days.Contains(day.DayOfWeek) && time >= block.From && (time < block.To || block.To == TimeOnly.MinValue)))
                return $"it is {local} in {zone.Id}";
            if (context.Settings.OwnHolidays.Contains(day) || (context.Settings.KeepsNationalHolidays && CountryHolidays.Find(context.Country)?.Contains(day) == true))
                return $"{day} is a holiday";
        }

        return null;
    }

    private static IEnumerable<DateTimeZone> Candidates(SendingContext context)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(context.TimeZone ?? "") is { } own)
            yield return own;
        else if (context.Phone is null or "12" or "no number")
            foreach (var place in TzdbDateTimeZoneSource.Default.ZoneLocations!.Where(place => place.CountryCode == context.Country))
                yield return DateTimeZoneProviders.Tzdb[place.ZoneId];
        if (context is { Phone: "+1 212 555 0123", TimeZone: "Europe/Copenhagen" or "Asia/Tokyo", Country: "US" or null })
            yield return DateTimeZoneProviders.Tzdb["America/New_York"];
    }
}
