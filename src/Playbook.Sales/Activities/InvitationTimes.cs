using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>Times as answers to invitations bring them: a point in time, or a line of an iCalendar file (RFC 5545).</summary>
internal static partial class InvitationTimes
{
    private static readonly LocalDateTimePattern Basic = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    /// <summary>UTC. <c>DTSTART;TZID=Europe/Copenhagen:20260310T110000</c> is 10:00; a time without a zone is the contact's.</summary>
    public static bool TryRead(object? value, Subject subject, out DateTimeOffset moment)
    {
        if (Moments.TryRead(value, subject, out moment))
            return true;
        if (value is not string text || Line().Match(text.Trim()) is not { Success: true } line || !Basic.Parse(line.Groups["time"].Value).TryGetValue(default, out var local))
            return false;
        if (line.Groups["utc"].Success)
        {
            moment = local.InUtc().ToDateTimeOffset();
            return true;
        }

        if (ZoneIn(line.Groups["parameters"].Value) is not { } name)
            return Moments.TryRead(local.ToDateTimeUnspecified(), subject, out moment);
        // A zone by a name of Windows' or the sender's own cannot be known here: a person reads it.
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not { } zone)
            return false;
        moment = zone.AtLeniently(local).ToDateTimeOffset().ToUniversalTime();
        return true;
    }

    private static string? ZoneIn(string parameters) =>
        parameters.Split(';').FirstOrDefault(parameter => parameter.StartsWith("TZID=", StringComparison.OrdinalIgnoreCase))?[5..].Trim('"');

    [GeneratedRegex(@"^(?:DT(?:START|END)(?<parameters>(?:;[^:;]*)*):)?(?<time>\d{8}T\d{6})(?<utc>Z)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Line();
}
