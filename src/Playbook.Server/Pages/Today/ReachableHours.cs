using System.Collections.Concurrent;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Server.Pages.Today;

/// <summary>When a contact's working hours end today, or begin again; the same for everybody in a zone and country, so it is worked out once a quarter of an hour.</summary>
internal sealed class ReachableHours
{
    private static readonly TimeSpan Fine = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string? Zone, string? Country), (DateTimeOffset? Closes, DateTimeOffset? Opens)> _known = new();
    private long _quarter;

    public (DateTimeOffset? Closes, DateTimeOffset? Opens) At(string? zone, string? country, DateTimeOffset now)
    {
        var quarter = now.UtcTicks / Fine.Ticks;
        if (Interlocked.Exchange(ref _quarter, quarter) != quarter)
            _known.Clear();
        return _known.GetOrAdd((zone, country), static (place, at) => WorkOut(place.Zone, place.Country, at), now);
    }

    private static (DateTimeOffset? Closes, DateTimeOffset? Opens) WorkOut(string? zone, string? country, DateTimeOffset now)
    {
        var place = new Dictionary<string, object?> { ["time_zone"] = zone, ["country"] = country };
        var calendar = BusinessCalendar.For(new Subject("contact", "somebody", new Dictionary<string, object?> { ["contact"] = place }));
        if (!calendar.IsOpen(now))
            return (null, calendar.Next(now));
        var begin = new DateTimeOffset(now.UtcTicks / Fine.Ticks * Fine.Ticks, TimeSpan.Zero);
        for (var at = begin + Fine; at < now.AddHours(12); at += Fine)
            if (!calendar.IsOpen(at))
                return (at, null);
        return (null, null);
    }
}
