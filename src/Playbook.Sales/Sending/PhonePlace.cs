using System.Collections.Concurrent;
using NodaTime;
using PhoneNumbers;

namespace Playbook.Sales.Sending;

/// <summary>Where a number is, as far as the number tells.</summary>
/// <param name="Country">ISO 3166; null where the number does not tell.</param>
/// <param name="AreaCode">The first three digits of a North American number; null for others.</param>
/// <param name="Zones">The zones that it may be in; empty where it does not tell.</param>
/// <param name="E164">The whole number with its country's code; null where it is none.</param>
internal sealed record PhonePlace(string? Country, string? AreaCode, IReadOnlyList<DateTimeZone> Zones, string? E164)
{
    private const int RememberAtMost = 20_000;
    private const int NorthAmerica = 1;

    private static readonly PhonePlace Unknown = new(null, null, [], null);
    private static readonly ConcurrentDictionary<(string Phone, string? Country), PhonePlace> Known = new();

    /// <param name="phone">As somebody wrote it down.</param>
    /// <param name="country">The country that it is in where it has no country's code.</param>
    public static PhonePlace Of(string? phone, string? country)
    {
        if (string.IsNullOrWhiteSpace(phone))
            return Unknown;
        if (Known.TryGetValue((phone, country), out var known))
            return known;
        if (Known.Count >= RememberAtMost)
            Known.Clear();
        return Known[(phone, country)] = Read(phone, country);
    }

    private static PhonePlace Read(string phone, string? country)
    {
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            var number = util.Parse(phone, country?.ToUpperInvariant());
            if (!util.IsPossibleNumber(number))
                return Unknown;
            var digits = util.GetNationalSignificantNumber(number);
            var zones = PhoneNumberToTimeZonesMapper.GetInstance().GetTimeZonesForNumber(number)
                .Select(id => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)).OfType<DateTimeZone>();
            return new(util.GetRegionCodeForNumber(number), number.CountryCode == NorthAmerica && digits.Length >= 3 ? digits[..3] : null, ZoneBehaviour.Distinct(zones), util.Format(number, PhoneNumberFormat.E164));
        }
        catch (NumberParseException)
        {
            return Unknown;
        }
    }
}
