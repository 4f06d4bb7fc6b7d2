using NodaTime;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Sending;

/// <summary>The hours at which the contact may be disturbed: the operator's and the law's, in every zone that they may be in.</summary>
internal static class HourRules
{
    public const string NeverOpenId = "no-common-hour";
    public const string NeverOpen = "There is no hour at which the contact may be reached in every time zone that they may be in; write down the contact's own time zone.";

    public static OpenHours Look(SendingContext context, IReadOnlyList<(BusinessHours Hours, JurisdictionRule Rule, string? Source)> law, ContactZones place, List<Reason> reasons)
    {
        var all = new List<BusinessCalendar>();
        foreach (var (week, rule, source) in law)
        {
            var legal = Calendars(place.Zones, week, null);
            all.AddRange(legal);
            reasons.Add(Of(rule.Id, context.Now, new OpenHours(legal), source is null ? rule.Words : $"{rule.Words} Narrower hours hold here: {source}.", place));
        }

        if (context.Settings.HoursOf(context.Channel) is { } own)
        {
            var ours = Calendars(place.Zones, own, HolidaysOf(context));
            all.AddRange(ours);
            reasons.Add(Of("window", context.Now, new OpenHours(ours), $"Messages over '{context.Channel}' go at the hours that the operator has set, less holidays, where the contact is", place));
        }

        return new OpenHours(all);
    }

    private static Reason Of(string id, DateTimeOffset now, OpenHours hours, string said, ContactZones place)
    {
        var where = $"{said.TrimEnd('.')}. Zone: {string.Join(", ", place.Zones.Select(zone => zone.Id))} ({place.Said}).";
        if (hours.IsOpen(now))
            return new(id, Verdict.Permit, where);
        return hours.Next(now) is { } next
            ? new(id, Verdict.Wait, $"{where} Next at {PaceRules.Moment(next)}.") { Until = next }
            : new(NeverOpenId, Verdict.Block, NeverOpen);
    }

    private static List<BusinessCalendar> Calendars(IReadOnlyList<DateTimeZone> zones, BusinessHours week, Holidays? holidays)
    {
        var calendars = new List<BusinessCalendar>(zones.Count);
        foreach (var zone in zones)
            calendars.Add(new(zone, week, holidays));
        return calendars;
    }

    private static Holidays HolidaysOf(SendingContext context) =>
        context.Settings.KeepsNationalHolidays && CountryHolidays.Find(context.Country) is { } country
            ? Holidays.Of(context.Settings.OwnHolidays, country)
            : Holidays.Of(context.Settings.OwnHolidays);
}
