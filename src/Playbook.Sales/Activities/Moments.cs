using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Activities;

/// <summary>Points in time from whatever a form, a variable or a literal holds.</summary>
internal static class Moments
{
    private static readonly LocalDateTimePattern[] WithoutOffset =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
    ];

    // Far from both ends of what can be stored, so that a wait counted from a moment cannot leave the calendar.
    private const int FirstYear = 1900;
    private const int LastYear = 9000;

    /// <summary>UTC. A time without an offset is the contact's: a rep writes down what was agreed on the phone.</summary>
    public static bool TryRead(object? value, Subject subject, out DateTimeOffset moment) =>
        TryReadAny(value, subject, out moment) && moment.Year is >= FirstYear and <= LastYear;

    private static bool TryReadAny(object? value, Subject subject, out DateTimeOffset moment)
    {
        switch (value)
        {
            case DateTimeOffset exact:
                moment = exact.ToUniversalTime();
                return true;
            case DateTime { Kind: DateTimeKind.Unspecified } local:
                return TryPlace(LocalDateTime.FromDateTime(local), subject, out moment);
            case DateTime known:
                moment = new DateTimeOffset(known.ToUniversalTime());
                return true;
            case string text:
                foreach (var pattern in WithoutOffset)
                    if (pattern.Parse(text.Trim()) is { Success: true } read)
                        return TryPlace(read.Value, subject, out moment);
                return IsFull(text) & DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out moment);
            default:
                moment = default;
                return false;
        }
    }

    // Else "3" or "Friday" would be read as some day of this month.
    private static bool IsFull(string text) => text.Trim() is { Length: >= 16 } full && char.IsAsciiDigit(full[3]) && full[4] == '-';

    private static bool TryPlace(LocalDateTime local, Subject subject, out DateTimeOffset moment)
    {
        moment = default;
        if (local.Year is < FirstYear or > LastYear)
            return false;
        moment = ContactPlace.Zone(subject).AtLeniently(local).ToInstant().ToDateTimeOffset();
        return true;
    }
}
