using NodaTime;

namespace Playbook.Calendar.Pages;

/// <summary>The time zones that a visitor can choose from: one for each stretch of the world where people do business, not all 600 names.</summary>
internal static class Zones
{
    private static readonly string[] Offered =
    [
        "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Phoenix", "America/Denver", "America/Chicago", "America/Mexico_City", "America/New_York", "America/Toronto", "America/Bogota",
        "America/Halifax", "America/Santiago", "America/St_Johns", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Nuuk", "Atlantic/Azores", "Atlantic/Reykjavik", "UTC", "Atlantic/Faroe", "Europe/Lisbon", "Europe/London", "Europe/Dublin",
        "Europe/Copenhagen", "Europe/Oslo", "Europe/Stockholm", "Europe/Berlin", "Europe/Amsterdam", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Vienna", "Europe/Zurich", "Europe/Prague", "Europe/Warsaw", "Europe/Budapest", "Africa/Lagos",
        "Europe/Helsinki", "Europe/Tallinn", "Europe/Riga", "Europe/Vilnius", "Europe/Kyiv", "Europe/Bucharest", "Europe/Athens", "Africa/Cairo", "Africa/Johannesburg", "Asia/Jerusalem", "Europe/Istanbul", "Africa/Nairobi",
        "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Singapore", "Asia/Hong_Kong", "Asia/Shanghai", "Australia/Perth", "Asia/Seoul", "Asia/Tokyo", "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland",
    ];

    public static DateTimeZone? Find(string? name) => string.IsNullOrWhiteSpace(name) ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.Trim());

    /// <summary>From west to east as clocks go just then, the chosen one among them whatever it is.</summary>
    public static IEnumerable<DateTimeZone> Choices(DateTimeZone chosen, Instant at) =>
        Offered.Append(chosen.Id).Distinct().Select(Find).OfType<DateTimeZone>().OrderBy(zone => zone.GetUtcOffset(at)).ThenBy(City, StringComparer.Ordinal);

    /// <summary>Such as <c>Copenhagen, UTC+01:00</c>.</summary>
    public static string Shown(DateTimeZone zone, Instant at) => zone.Id == "UTC" ? "UTC" : $"{City(zone)}, UTC{zone.GetUtcOffset(at):m}";

    private static string City(DateTimeZone zone) => zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
}
