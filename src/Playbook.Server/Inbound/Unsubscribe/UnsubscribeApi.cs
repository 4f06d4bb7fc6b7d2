using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Storage;

namespace Playbook.Server.Inbound.Unsubscribe;

/// <summary>
/// Where a contact ends their messages, by RFC 8058: a POST of <c>List-Unsubscribe=One-Click</c> does it at once, from
/// anywhere, without cookie, sign-in or redirect; a GET shows a page and does nothing, because mail programs fetch every
/// address that they see.
/// </summary>
internal static class UnsubscribeApi
{
    private const string OneClick = "List-Unsubscribe";
    private const string Choice = "choice";
    private const string OnlyThis = "channel";
    private const int LongestForm = 10_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(UnsubscribeLinks.Path + "{token}", ["GET", "HEAD"], Show).ExcludeFromDescription();
        app.MapPost(UnsubscribeLinks.Path + "{token}", Do).ExcludeFromDescription().DisableAntiforgery();
    }

    private static async Task Show(string token, HttpContext context, UnsubscribeLinks links, IDbContextFactory<PlaybookDb> databases)
    {
        if (links.Read(token) is not { } target)
        {
            await Answer(context, StatusCodes.Status404NotFound, UnsubscribePage.Unknown(UnsubscribeWords.For(Preferred(context))));
            return;
        }

        var (words, address) = await Reader(context, target, databases);
        await Answer(context, StatusCodes.Status200OK, UnsubscribePage.Confirm(words, token, address, target.Channel));
    }

    private static async Task Do(string token, HttpContext context, UnsubscribeLinks links, IDbContextFactory<PlaybookDb> databases, Inboxes inboxes, TimeProvider clock)
    {
        if (links.Read(token) is not { } target)
        {
            await Answer(context, StatusCodes.Status404NotFound, UnsubscribePage.Unknown(UnsubscribeWords.For(Preferred(context))));
            return;
        }

        var form = await Form(context.Request);
        var choice = form.GetValueOrDefault(Choice);
        var isOneClick = form.GetValueOrDefault(OneClick) == "One-Click";
        if (choice is null && !isOneClick)
        {
            await Answer(context, StatusCodes.Status400BadRequest, UnsubscribePage.Unknown(UnsubscribeWords.For(Preferred(context))));
            return;
        }

        var onlyThis = choice == OnlyThis && !isOneClick;
        var now = clock.GetUtcNow();
        // Not one for ever: who agrees again later must be able to say no again by the same link.
        var id = string.Create(CultureInfo.InvariantCulture, $"link-{(onlyThis ? OnlyThis : "all")}-{now:yyyyMMddHHmm}-{target.MessageKey}");
        await inboxes.Take(target.Channel, new ChannelEvent.Unsubscribed(id, now, isOneClick ? "List-Unsubscribe=One-Click" : onlyThis ? "Only this channel, by the link in a message" : "Everything, by the link in a message")
        {
            MessageKey = target.MessageKey, MatchedBy = "link", OnlyThisChannel = onlyThis,
        }, CancellationToken.None, target.ContactId);
        if (isOneClick)
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            NoTrace(context.Response.Headers);
            return;
        }

        var (words, address) = await Reader(context, target, databases);
        await Answer(context, StatusCodes.Status200OK, UnsubscribePage.Done(words, address, onlyThis ? target.Channel : null));
    }

    private static async Task<IReadOnlyDictionary<string, string>> Form(HttpRequest request)
    {
        // RFC 8058 allows both kinds of form; anything else says nothing.
        if (!request.HasFormContentType || request.ContentLength > LongestForm)
            return new Dictionary<string, string>();
        try
        {
            return (await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return new Dictionary<string, string>();
        }
    }

    private static async Task<(UnsubscribeWords Words, string? Address)> Reader(HttpContext context, UnsubscribeTarget target, IDbContextFactory<PlaybookDb> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        var contact = await database.Contacts.AsNoTracking().Where(c => c.Id == target.ContactId).Select(c => new { c.Language, c.Email, c.Phone }).FirstOrDefaultAsync();
        var address = target.Channel is "sms" or "phone" ? contact?.Phone : contact?.Email;
        return (UnsubscribeWords.For(contact?.Language ?? Preferred(context)), UnsubscribePage.Masked(address));
    }

    private static string? Preferred(HttpContext context) =>
        context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).FirstOrDefault()?.Value.Value;

    private static async Task Answer(HttpContext context, int status, string page)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        NoTrace(response.Headers);
        var bytes = Encoding.UTF8.GetBytes(page);
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes);
    }

    private static void NoTrace(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }
}
