using Playbook.Sales.Calendar;

namespace Playbook.Sales.Sending;

/// <summary>The moments at which all of several calendars are open; without a calendar, always.</summary>
public sealed class OpenHours(IReadOnlyList<BusinessCalendar> calendars)
{
    // Each step goes through all calendars and so at least a day ahead where they have no hour in common. Calendars that
    // agree at all do so within weeks.
    private const int MostSteps = 40;

    public bool IsOpen(DateTimeOffset at)
    {
        foreach (var calendar in calendars)
            if (!calendar.IsOpen(at))
                return false;
        return true;
    }

    /// <summary>The first moment not before <paramref name="from"/>, UTC; null where there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset from)
    {
        var at = from;
        for (var step = 0; step < MostSteps; step++)
        {
            var later = at;
            foreach (var calendar in calendars)
            {
                if (calendar.Next(later) is not { } open)
                    return null;
                later = open;
            }

            if (later == at)
                return at.ToUniversalTime();
            at = later;
        }

        return null;
    }

    /// <summary>When the first of them closes after a moment at which all are open; null where none ever does.</summary>
    public DateTimeOffset? ClosesAt(DateTimeOffset at)
    {
        DateTimeOffset? first = null;
        foreach (var calendar in calendars)
            if (calendar.OpenUntil(at) is { } end && (first is null || end < first))
                first = end;
        return first;
    }
}
