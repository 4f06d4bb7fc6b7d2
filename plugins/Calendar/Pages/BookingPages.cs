using System.Net;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Playbook.Abstractions;
using Playbook.Calendar.Bookings;
using Playbook.Calendar.Hours;
using Playbook.Calendar.Mail;

namespace Playbook.Calendar.Pages;

/// <summary>Answers what comes in on <c>book/TOKEN</c>. Opening a page changes nothing: mail programs open links by themselves.</summary>
internal sealed class BookingPages(CalendarSettings settings, BookingBook book, BusyFeeds feeds, TimeProvider clock)
{
    private const int DaysShown = 6;

    private Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    public async ValueTask<InboundAnswer> Answer(InboundRequest request, CancellationToken cancellationToken)
    {
        var parts = request.Path.Trim('/').Split('/');
        if (parts is not ["book", var token, ..] || parts.Length > 3)
            return InboundAnswer.NotHere;
        var link = await book.Link(cancellationToken);
        Offer? found = null;
        // Looked up before: the signature is over what the offer says.
        if (token.Length > 20 && await Candidate(token, cancellationToken) is { } candidate)
            link.TryRead(token, id => candidate.Id == id ? candidate : null, out found);
        var language = Language(request, found);
        var zone = Zones.Find(request.Query.GetValueOrDefault("zone")) ?? Zones.Find(found?.Zone) ?? settings.Zone;
        var page = new BookingPage(settings.Company, language, zone);
        if (found is not { } offer)
            return Html(404, page.Message("This link does not work", "It may have been cut off in the mail. Copy the whole link, or answer the mail."));

        var standing = await book.Standing(offer, cancellationToken);
        var isOver = offer.ExpiresAt <= clock.GetUtcNow();
        if (isOver && standing is null)
            return Html(410, page.Message("This link has run out", "Answer the mail that it came with, and we find a time together."));
        var visit = new Visit(request, offer, token, page, zone, standing);
        return (request.Method.ToUpperInvariant(), parts.Length) switch
        {
            ("GET" or "HEAD", 3) when parts[2] == "invite.ics" && standing is not null => File(standing),
            ("GET" or "HEAD", 2) => await Show(visit, cancellationToken),
            ("POST", 2) => await Act(visit, cancellationToken),
            _ => InboundAnswer.NotHere,
        };
    }

    private async Task<InboundAnswer> Show(Visit visit, CancellationToken cancellationToken) => (visit.Request.Query.GetValueOrDefault("show"), visit.Standing) switch
    {
        ("cancel", { } standing) => Html(200, visit.Page.AskCancel(standing)),
        ("times", _) or (_, null) => await Times(visit, 200, said: null, near: null, cancellationToken),
        (_, { } standing) => Html(200, visit.Page.Booked(standing, RepOf(standing), visit.Token, isNew: false)),
    };

    private async Task<InboundAnswer> Act(Visit visit, CancellationToken cancellationToken)
    {
        var form = Form(visit.Request.Body);
        switch (form.GetValueOrDefault("do"))
        {
            case "cancel":
                return await book.Cancel(visit.Offer, cancellationToken) is { } cancelled ? Html(200, visit.Page.Cancelled(), cancelled.Told) : Html(200, visit.Page.Cancelled());
            case "book" when BookingPage.TryRead(form.GetValueOrDefault("start"), out var start):
                var busy = await Busy(start, start, cancellationToken);
                var made = await book.Book(visit.Offer, start, Reps(busy), busy, settings.Domain, cancellationToken);
                return made is not { } done
                    ? await Times(visit, 409, "That time has just been taken. These are free:", start, cancellationToken)
                    : Html(200, visit.Page.Booked(done.Booking, RepOf(done.Booking), visit.Token, isNew: true), done.Told is { } told ? [told] : []);
            default:
                return await Times(visit, 400, "Please choose one of the times.", near: null, cancellationToken);
        }
    }

    /// <summary>Some days with free times: from the day asked for, or around the one that was wished for.</summary>
    private async Task<InboundAnswer> Times(Visit visit, int status, string? said, Instant? near, CancellationToken cancellationToken)
    {
        var until = Now + settings.Rules.Horizon;
        var busy = await Busy(Now, until, cancellationToken);
        var able = Reps(busy).Where(rep => visit.Standing is { } standing ? rep.Email == standing.Rep : visit.Offer.Rep is null || rep.Email == visit.Offer.Rep).ToList();
        var free = (await book.Free(able, busy, visit.Offer.Minutes, visit.Standing, Now, until, cancellationToken)).Keys.ToList();
        if (visit.Standing is { } kept)
            free.Remove(Instant.FromDateTimeOffset(kept.Start));
        var days = free.Select(start => start.InZone(visit.Zone).Date).Distinct().ToList();
        var asked = LocalDatePattern.Iso.Parse(visit.Request.Query.GetValueOrDefault("from") ?? "") is { Success: true } read ? read.Value : near?.InZone(visit.Zone).Date;
        var first = asked is { } day ? Math.Max(0, days.FindIndex(known => known >= day)) : 0;
        var shown = days.Skip(first).Take(DaysShown).ToHashSet();
        var earlier = first > 0 ? days[Math.Max(0, first - DaysShown)] : (LocalDate?)null;
        var later = first + DaysShown < days.Count ? days[first + DaysShown] : (LocalDate?)null;
        var starts = free.Where(start => shown.Contains(start.InZone(visit.Zone).Date)).ToList();
        return Html(status, visit.Page.Times(visit.Offer, starts, visit.Standing, visit.Standing is { } s ? RepOf(s)?.Name : null, earlier, later, said, Now));
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<Interval>>> Busy(Instant from, Instant until, CancellationToken cancellationToken) =>
        await feeds.Busy(settings.Reps, from - Duration.FromDays(1), until + Duration.FromDays(1), await book.Uids(cancellationToken), cancellationToken);

    private List<RepCard> Reps(IReadOnlyDictionary<string, IReadOnlyList<Interval>> busy) => [.. settings.Reps.Where(rep => busy.ContainsKey(rep.Email))];

    private RepCard? RepOf(Booking booking) => settings.Reps.FirstOrDefault(rep => rep.Email == booking.Rep);

    private InboundAnswer File(Booking booking) => new(200, [])
    {
        Body = Invitation.Text(booking, RepOf(booking) ?? new RepCard(settings.Company, booking.Rep, settings.Reps[0].Hours, settings.Zone, 1), settings).Replace("METHOD:REQUEST\r\n", "METHOD:PUBLISH\r\n", StringComparison.Ordinal),
        ContentType = "text/calendar; charset=utf-8",
    };

    private async Task<Offer?> Candidate(string token, CancellationToken cancellationToken) =>
        BookingLink.IdIn(token) is { } id ? await book.FindOffer(id, cancellationToken) : null;

    private static string Language(InboundRequest request, Offer? offer)
    {
        var wanted = request.Headers.FirstOrDefault(header => string.Equals(header.Key, "Accept-Language", StringComparison.OrdinalIgnoreCase)).Value?.TrimStart() ?? "";
        return wanted.StartsWith("da", StringComparison.OrdinalIgnoreCase) ? "da" : wanted.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : offer?.Language ?? "en";
    }

    private static Dictionary<string, string> Form(ReadOnlyMemory<byte> body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(body.Span).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            values[WebUtility.UrlDecode(at < 0 ? pair : pair[..at])] = at < 0 ? "" : WebUtility.UrlDecode(pair[(at + 1)..]);
        }
        return values;
    }

    private static InboundAnswer Html(int status, string html, params IReadOnlyList<ChannelEvent> events) => new(status, events) { Body = html, ContentType = "text/html; charset=utf-8" };

    private sealed record Visit(InboundRequest Request, Offer Offer, string Token, BookingPage Page, DateTimeZone Zone, Booking? Standing);
}
