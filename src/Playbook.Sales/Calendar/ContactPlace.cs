using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;
using Playbook.Abstractions;

namespace Playbook.Sales.Calendar;

/// <summary>Where the contact is, as far as time goes: from its facts <c>time_zone</c> and <c>country</c>.</summary>
public static class ContactPlace
{
    // The zone of most people, for countries whose first zone in the tz database is not that.
    private static readonly Dictionary<string, string> MainZone = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AU"] = "Australia/Sydney",
        ["BR"] = "America/Sao_Paulo",
        ["CA"] = "America/Toronto",
        ["CD"] = "Africa/Kinshasa",
        ["CL"] = "America/Santiago",
        ["CN"] = "Asia/Shanghai",
        ["CY"] = "Asia/Nicosia",
        ["DE"] = "Europe/Berlin",
        ["EC"] = "America/Guayaquil",
        ["ES"] = "Europe/Madrid",
        ["GL"] = "America/Nuuk",
        ["ID"] = "Asia/Jakarta",
        ["KZ"] = "Asia/Almaty",
        ["MN"] = "Asia/Ulaanbaatar",
        ["MX"] = "America/Mexico_City",
        ["MY"] = "Asia/Kuala_Lumpur",
        ["NZ"] = "Pacific/Auckland",
        ["PF"] = "Pacific/Tahiti",
        ["PT"] = "Europe/Lisbon",
        ["RU"] = "Europe/Moscow",
        ["UA"] = "Europe/Kyiv",
        ["US"] = "America/New_York",
        ["UZ"] = "Asia/Tashkent",
    };

    private static readonly FrozenDictionary<string, string> ZoneByCountry = Zones();

    /// <summary>The zone by its tz database name, such as <c>Europe/Copenhagen</c>; null where there is no such zone.</summary>
    public static DateTimeZone? FindZone(string? name) =>
        string.IsNullOrWhiteSpace(name) ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.Trim());

    /// <summary>The contact's own zone, else the main zone of its country, else UTC. A name that nobody knows counts as unset.</summary>
    public static DateTimeZone Zone(Subject subject)
    {
        if (FindZone(ContactFact(subject, "time_zone")) is { } own)
            return own;
        return ContactFact(subject, "country") is { } country && ZoneByCountry.TryGetValue(country, out var zone)
            ? DateTimeZoneProviders.Tzdb[zone]
            : DateTimeZone.Utc;
    }

    /// <summary>The holidays of the contact's country; none where we have no rules for it.</summary>
    public static Holidays Holidays(Subject subject) =>
        CountryHolidays.Find(ContactFact(subject, "country")) is { } known ? Calendar.Holidays.Of([], known) : Calendar.Holidays.None;

    private static string? ContactFact(Subject subject, string name)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return FactPath.Find(subject.Facts, "contact." + name) is string text && text.Trim() is { Length: > 0 } given ? given : null;
    }

    private static FrozenDictionary<string, string> Zones()
    {
        var zones = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
            zones.TryAdd(place.CountryCode, place.ZoneId);
        foreach (var (country, zone) in MainZone)
            zones[country] = zone;
        return zones.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
