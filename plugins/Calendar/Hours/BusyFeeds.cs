using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ical.Net.CalendarComponents;
using NodaTime;

namespace Playbook.Calendar.Hours;

/// <summary>
/// When people are busy by their own calendars, read from their feeds and kept for a while, on disk too: a feed that cannot be
/// read just now is taken as it was. Somebody whose feed was never read is not offered.
/// </summary>
internal sealed class BusyFeeds(HttpClient? http, string folder, TimeProvider clock, Action<string> log)
{
    private const int LargestFeed = 10 * 1024 * 1024;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Ical.Net.Calendar? Feed)> _feeds = new();

    /// <summary>Whose feed could not be read, ever.</summary>
    public IReadOnlyList<string> Unread => [.. _feeds.Where(feed => feed.Value.Feed is null).Select(feed => feed.Key)];

    /// <summary>The busy times of each rep whose feed is known, or who has none; a rep who is missing must not be offered.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Interval>>> Busy(IEnumerable<RepCard> reps, Instant from, Instant until, IReadOnlyCollection<string> ownUids, CancellationToken cancellationToken)
    {
        var busy = new Dictionary<string, IReadOnlyList<Interval>>();
        foreach (var rep in reps)
        {
            if (rep.Busy is null)
                busy[rep.Email] = [];
            else if (await Feed(rep, rep.Busy, cancellationToken) is { } feed)
                busy[rep.Email] = [.. Times(feed, rep.Zone, from, until, ownUids)];
        }
        return busy;
    }

    private static IEnumerable<Interval> Times(Ical.Net.Calendar feed, DateTimeZone zone, Instant from, Instant until, IReadOnlyCollection<string> ownUids)
    {
        // A day earlier, for appointments that began before and go on.
        var begin = from - Duration.FromDays(31);
        foreach (var occurrence in feed.GetOccurrences<CalendarEvent>(new Ical.Net.DataTypes.CalDateTime(begin.ToDateTimeUtc(), "UTC")))
        {
            var start = Moment(occurrence.Period.StartTime, zone);
            if (start > until)
                yield break;
            if (occurrence.Source is not CalendarEvent appointment || ownUids.Contains(appointment.Uid ?? "") || IsFree(appointment))
                continue;
            var end = Moment(occurrence.Period.EffectiveEndTime ?? occurrence.Period.StartTime, zone);
            if (end > from && end > start)
                yield return new Interval(start, end);
        }
    }

    private static bool IsFree(CalendarEvent appointment) =>
        string.Equals(appointment.Transparency, "TRANSPARENT", StringComparison.OrdinalIgnoreCase) || string.Equals(appointment.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase);

    /// <summary>A day, or a time without a zone, is the rep's own.</summary>
    private static Instant Moment(Ical.Net.DataTypes.CalDateTime time, DateTimeZone zone) => time.IsFloating
        ? LocalDateTime.FromDateTime(time.Value).InZoneLeniently(zone).ToInstant()
        : Instant.FromDateTimeUtc(time.AsUtc);

    private async Task<Ical.Net.Calendar?> Feed(RepCard rep, Uri address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_feeds.TryGetValue(rep.Email, out var known) && now - known.At < Fresh)
            return known.Feed;
        var feed = known.Feed;
        var kept = Path.Combine(folder, $"busy-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToString())))[..16]}.ics");
        try
        {
            var text = await Fetch(address, cancellationToken);
            feed = Ical.Net.Calendar.Load(text);
            await File.WriteAllTextAsync(kept + ".new", text, cancellationToken);
            File.Move(kept + ".new", kept, overwrite: true);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException or System.Runtime.Serialization.SerializationException or ArgumentException or FormatException)
        {
            log($"The calendar of {rep.Name} at {address.Host} cannot be read: {fault.Message} Look at its address in the settings.");
            feed ??= File.Exists(kept) ? Ical.Net.Calendar.Load(await File.ReadAllTextAsync(kept, cancellationToken)) : null;
        }
        _feeds[rep.Email] = (now, feed);
        return feed;
    }

    private async Task<string> Fetch(Uri address, CancellationToken cancellationToken)
    {
        if (http is null)
            throw new InvalidOperationException("The host gives no client for requests.");
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        if (answer.Content.Headers.ContentLength > LargestFeed)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"it is larger than {LargestFeed} bytes."));
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var content = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > LargestFeed)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"it is larger than {LargestFeed} bytes."));
        }
        return Encoding.UTF8.GetString(content.ToArray());
    }
}
