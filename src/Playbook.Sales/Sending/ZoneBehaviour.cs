using System.Collections.Concurrent;
using System.Text;
using NodaTime;

namespace Playbook.Sales.Sending;

/// <summary>Tells zones apart by what their clocks show, not by their names: a country has many names for the same time.</summary>
internal static class ZoneBehaviour
{
    // Far enough that no message is planned beyond; before it, zones that were once different are the same.
    private static readonly Interval Looked = new(Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2050, 1, 1, 0, 0));
    private static readonly ConcurrentDictionary<string, string> Signatures = new(StringComparer.Ordinal);

    public static bool AreSame(DateTimeZone one, DateTimeZone other) => one.Id == other.Id || Signature(one) == Signature(other);

    public static IReadOnlyList<DateTimeZone> Distinct(IEnumerable<DateTimeZone> zones) => [.. zones.DistinctBy(Signature)];

    public static bool Contains(IReadOnlyList<DateTimeZone> zones, DateTimeZone zone)
    {
        foreach (var one in zones)
            if (AreSame(one, zone))
                return true;
        return false;
    }

    private static string Signature(DateTimeZone zone) => Signatures.GetOrAdd(zone.Id, static (_, zone) =>
    {
        var text = new StringBuilder();
        foreach (var stretch in zone.GetZoneIntervals(Looked))
            text.Append(stretch.HasStart && stretch.Start > Looked.Start ? stretch.Start.ToUnixTimeSeconds() : 0).Append('/').Append(stretch.WallOffset.Seconds).Append(';');
        return text.ToString();
    }, zone);
}
