using System.Globalization;
using System.Net;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Playbook.Calendar.Bookings;
using Playbook.Calendar.Hours;

namespace Playbook.Calendar.Pages;

/// <summary>The pages that a visitor sees. Plain HTML and forms: they need no script, at any width.</summary>
internal sealed class BookingPage(string company, string language, DateTimeZone zone)
{
    private const string Style = """
        :root{color-scheme:light dark;--blue:#235FA9;--on:#fff;--page:#F7F4EE;--card:#FFFDF9;--line:#E4DFD5;--ink:#26221C;--soft:#635B4F;--edge:#8A8172}
        @media(prefers-color-scheme:dark){:root{--blue:#8DB8EE;--on:#0E2743;--page:#1B1A18;--card:#242220;--line:#3C3833;--ink:#EDE8DF;--soft:#B5AC9D;--edge:#9A9182}}
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        main{max-width:62rem;margin:0 auto;padding:2.25rem 1.25rem 3rem}main.narrow{max-width:36rem}
        .card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.5rem}
        .from,.soft{color:var(--soft)}.from{margin:0 0 .75rem;font-size:.95rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 .35rem}p{margin:.35rem 0}
        .zone{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:1rem 0 1.25rem}.zone label{flex:0 1 20rem;font-size:.9rem;color:var(--soft)}
        select{display:block;width:100%;font:inherit;font-size:1rem;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:6px;padding:.55rem .6rem;min-height:44px}
        button,.button{display:inline-block;font:inherit;font-weight:600;text-decoration:none;text-align:center;border-radius:6px;padding:.6rem 1.15rem;min-height:44px;cursor:pointer;border:1px solid var(--edge);background:transparent;color:var(--ink)}
        .main{background:var(--blue);border-color:var(--blue);color:var(--on)}
        .days{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.75rem,1fr));gap:1.25rem 1rem}
        fieldset{border:0;margin:0;padding:0;min-width:0}legend{font-weight:600;padding:0;margin:0 0 .5rem}legend::first-letter{text-transform:uppercase}.lead::first-letter{text-transform:uppercase}
        .times{display:grid;grid-template-columns:repeat(auto-fill,minmax(5.25rem,1fr));gap:.5rem}
        .time{position:relative;display:block}.time input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
        .time span{display:block;text-align:center;border:1px solid var(--edge);border-radius:6px;padding:.55rem .25rem;min-height:44px;font-variant-numeric:tabular-nums}
        .time input:hover+span{border-color:var(--blue)}.time input:checked+span{background:var(--blue);border-color:var(--blue);color:var(--on);font-weight:600}
        .time input:focus-visible+span,:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
        .act{position:sticky;bottom:0;background:var(--card);border-top:1px solid var(--line);margin:1.5rem -1.5rem -1.5rem;padding:1rem 1.5rem;border-radius:0 0 10px 10px;display:flex;justify-content:flex-end}
        .pages{display:flex;gap:.6rem;margin-top:1.25rem}.said{border-left:4px solid var(--blue);padding:.35rem .8rem;margin:1rem 0}.wrong{border-color:#B3261E}
        dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem 1.25rem;margin:1.25rem 0}dt{color:var(--soft)}dd{margin:0;font-weight:600;overflow-wrap:anywhere}a{color:var(--blue)}a.button{color:var(--ink)}dd .soft{font-weight:400}
        .ways{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:1.25rem}form{margin:0}
        @media(max-width:480px){main{padding:1.25rem .75rem 2rem}.card{padding:1.1rem}.act{margin:1.25rem -1.1rem -1.1rem;padding:.8rem 1.1rem}.act .main{flex:1 1 100%}.days{grid-template-columns:1fr}.zone label{flex:1 1 12rem}}
        """;

    private static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm'Z'");

    public static string Written(Instant start) => Moment.Format(start);

    public static bool TryRead(string? text, out Instant start)
    {
        var read = Moment.Parse(text ?? "");
        start = read.Success ? read.Value : default;
        return read.Success;
    }

    /// <summary>The free times of some days.</summary>
    /// <param name="free">Starts in order.</param>
    /// <param name="standing">The appointment that would be moved; null where there is none.</param>
    /// <param name="earlier">The day to go back to; null where there is nothing before.</param>
    /// <param name="later">The day to go on to; null where there is nothing after.</param>
    /// <param name="said">What went wrong; null for nothing.</param>
    public string Times(Offer offer, IReadOnlyList<Instant> free, Booking? standing, string? standingRep, LocalDate? earlier, LocalDate? later, string? said, Instant now)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Html(offer.Subject)} · {offer.Minutes} {Say("minutes")}</p>");
        if (standing is not null)
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"said\">{Say("You have an appointment already:")} <strong>{When(standing)}</strong>{(standingRep is null ? "" : ", " + Html(standingRep))}</p>");
        if (said is not null)
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"said wrong\" role=\"alert\">{Say(said)}</p>");
        ZoneForm(body, standing is not null, now);
        if (free.Count == 0)
            body.Append(CultureInfo.InvariantCulture, $"<p>{Say("There is no free time in the days ahead. Please write to us.")}</p>");
        body.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"?zone={WebUtility.UrlEncode(zone.Id)}\"><input type=\"hidden\" name=\"do\" value=\"book\"><div class=\"days\">");
        foreach (var day in free.GroupBy(start => start.InZone(zone).Date))
        {
            body.Append(CultureInfo.InvariantCulture, $"<fieldset><legend>{Html(Words.Day(day.Key, language))}</legend><div class=\"times\">");
            foreach (var start in day)
                body.Append(CultureInfo.InvariantCulture, $"<label class=\"time\"><input type=\"radio\" name=\"start\" value=\"{Written(start)}\" required><span>{Words.Time(start.InZone(zone).TimeOfDay)}</span></label>");
            body.Append("</div></fieldset>");
        }
        body.Append("</div>");
        if (free.Count > 0)
        {
            body.Append("<div class=\"pages\">");
            PageLink(body, "Earlier", earlier, standing is not null);
            PageLink(body, "Later", later, standing is not null);
            body.Append(CultureInfo.InvariantCulture, $"</div><div class=\"act\"><button class=\"main\" type=\"submit\">{Say(standing is null ? "Book this time" : "Move to this time")}</button></div>");
        }
        body.Append("</form>");
        return Whole(standing is null ? "Choose a time" : "Choose another time", body.ToString(), narrow: false);
    }

    public string Booked(Booking booking, RepCard? rep, string token, bool isNew)
    {
        var body = new StringBuilder();
        if (isNew)
            body.Append(CultureInfo.InvariantCulture, $"<p role=\"status\">{Say("An invitation is on its way to")} {Html(Masked(booking.To))}.</p>");
        body.Append(CultureInfo.InvariantCulture, $"<dl><dt>{Say("When")}</dt><dd class=\"lead\">{When(booking)} <span class=\"soft\">({Html(Zones.Shown(zone, Instant.FromDateTimeOffset(booking.Start)))}, {booking.Minutes} {Say("minutes")})</span></dd>");
        body.Append(CultureInfo.InvariantCulture, $"<dt>{Say("With")}</dt><dd>{Html(rep is null ? company : $"{rep.Name}, {company}")}</dd>");
        if (booking.Place is { } place)
            body.Append(CultureInfo.InvariantCulture, $"<dt>{Say("Where")}</dt><dd>{Link(place)}</dd>");
        body.Append(CultureInfo.InvariantCulture, $"<dt>{Say("About")}</dt><dd>{Html(booking.Subject)}</dd></dl>");
        var query = $"zone={WebUtility.UrlEncode(zone.Id)}";
        body.Append(CultureInfo.InvariantCulture, $"<div class=\"ways\"><a class=\"button\" href=\"?{query}&amp;show=times\">{Say("Choose another time")}</a><a class=\"button\" href=\"?{query}&amp;show=cancel\">{Say("Cancel the appointment")}</a><a class=\"button\" href=\"{token}/invite.ics\">{Say("Open in a calendar")}</a></div>");
        return Whole("Your appointment is booked", body.ToString(), narrow: true);
    }

    public string AskCancel(Booking booking) => Whole("Cancel this appointment?", $"""
        <p class="lead"><strong>{When(booking)}</strong></p><p>{Html(booking.Subject)}</p>
        <div class="ways"><form method="post" action="?zone={WebUtility.UrlEncode(zone.Id)}"><input type="hidden" name="do" value="cancel"><button class="main" type="submit">{Say("Yes, cancel it")}</button></form><a class="button" href="?zone={WebUtility.UrlEncode(zone.Id)}">{Say("No, keep it")}</a></div>
        """, narrow: true);

    public string Cancelled() => Whole("The appointment is cancelled", $"""
        <p role="status">{Say("You can choose a new time whenever you like.")}</p>
        <div class="ways"><a class="button" href="?zone={WebUtility.UrlEncode(zone.Id)}&amp;show=times">{Say("Choose a time")}</a></div>
        """, narrow: true);

    public string Message(string title, string text) => Whole(title, $"<p>{Say(text)}</p>", narrow: true);

    private void ZoneForm(StringBuilder body, bool moving, Instant now)
    {
        body.Append("<form class=\"zone\" method=\"get\" action=\"\">");
        if (moving)
            body.Append("<input type=\"hidden\" name=\"show\" value=\"times\">");
        body.Append(CultureInfo.InvariantCulture, $"<label>{Say("Times are shown in")}<select name=\"zone\" aria-label=\"{Say("Time zone")}\">");
        foreach (var choice in Zones.Choices(zone, now))
            body.Append(CultureInfo.InvariantCulture, $"<option value=\"{Html(choice.Id)}\"{(choice.Id == zone.Id ? " selected" : "")}>{Html(Zones.Shown(choice, now))}</option>");
        body.Append(CultureInfo.InvariantCulture, $"</select></label><button type=\"submit\">{Say("Show")}</button></form>");
    }

    private void PageLink(StringBuilder body, string words, LocalDate? day, bool moving)
    {
        if (day is { } from)
            body.Append(CultureInfo.InvariantCulture, $"<a class=\"button\" href=\"?zone={WebUtility.UrlEncode(zone.Id)}&amp;from={LocalDatePattern.Iso.Format(from)}{(moving ? "&amp;show=times" : "")}\">{Say(words)}</a>");
    }

    private string When(Booking booking)
    {
        var start = Instant.FromDateTimeOffset(booking.Start).InZone(zone);
        return Html($"{Words.Day(start.Date, language)}, {Words.Time(start.TimeOfDay)}");
    }

    /// <summary>Enough to know one's own address by, and for nobody else to learn it.</summary>
    private static string Masked(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at < 1 ? "…" : $"{address[0]}…{address[at..]}";
    }

    private static string Link(string place) => place.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(place, UriKind.Absolute, out _)
        ? $"<a href=\"{Html(place)}\" rel=\"noreferrer\">{Html(place)}</a>"
        : Html(place);

    private string Say(string english) => Html(Words.Say(english, language));

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private string Whole(string title, string body, bool narrow) => $"""
        <!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>{Say(title)} · {Html(company)}</title><style>{Style}</style></head>
        <body><main{(narrow ? " class=\"narrow\"" : "")}><p class="from">{Html(company)}</p><div class="card"><h1>{Say(title)}</h1>
        {body}</div></main></body></html>
        """;
}
