using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Sending;

/// <summary>The zones that a contact may be in. Where their number, country and own field disagree or are unsure, all of them.</summary>
/// <param name="Zones">At least one; no two with the same clocks.</param>
/// <param name="Said">How they were found, as people read it.</param>
public sealed record ContactZones(IReadOnlyList<DateTimeZone> Zones, string Said)
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<DateTimeZone>> ByCountry = new(StringComparer.OrdinalIgnoreCase);

    public static ContactZones Of(SendingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var own = ContactPlace.FindZone(context.TimeZone);
        var number = PhonePlace.Of(context.Phone, context.Country).Zones;
        var country = OfCountry(context.Country);
        var place = Place(number, country);
        if (own is null)
            return place.Count > 0 ? new(place, place.Count == 1 ? "by number and country" : "the number and the country leave several zones open") : new([DateTimeZone.Utc], "nothing tells the zone; UTC is taken");
        return place.Count == 0 || ZoneBehaviour.Contains(place, own)
            ? new([own], "by the contact's own zone")
            : new([own, .. place], "the contact's own zone and their number or country disagree");
    }

    /// <summary>The zones of a country; none where the country is not known.</summary>
    public static IReadOnlyList<DateTimeZone> OfCountry(string? country) => string.IsNullOrWhiteSpace(country)
        ? []
        : ByCountry.GetOrAdd(country.Trim(), static code => ZoneBehaviour.Distinct(
            (TzdbDateTimeZoneSource.Default.ZoneLocations ?? []).Where(place => string.Equals(place.CountryCode, code, StringComparison.OrdinalIgnoreCase))
                .Select(place => DateTimeZoneProviders.Tzdb[place.ZoneId])));

    private static IReadOnlyList<DateTimeZone> Place(IReadOnlyList<DateTimeZone> number, IReadOnlyList<DateTimeZone> country)
    {
        if (number.Count == 0 || country.Count == 0)
            return number.Count == 0 ? country : number;
        var both = number.Where(zone => ZoneBehaviour.Contains(country, zone)).ToList();
        return both.Count > 0 ? both : ZoneBehaviour.Distinct(number.Concat(country));
    }
}
