using Playbook.Server.Inbound.Unsubscribe;
using Playbook.Server.Plugins.Webhooks;

namespace Playbook.Server.Api;

/// <summary>
/// Keeps other web sites out. There is no sign-in, so a page from anywhere that runs in a browser on this machine could
/// otherwise make the browser write here.
/// </summary>
internal static class OriginCheck
{
    private static readonly string[] OwnHosts = ["127.0.0.1", "localhost"];

    public static async Task Run(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        // Providers call from anywhere, and by the name that the world knows; each channel checks their signatures itself. A link
        // in a message is opened from anywhere too, and what it may do is signed into it.
        if (request.Path.StartsWithSegments(WebhookApi.Path, StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments(UnsubscribeLinks.Path.TrimEnd('/')))
        {
            await next(context);
            return;
        }

        if (!OwnHosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            await Refuse(context, $"This server answers to http://127.0.0.1 only, and the request was for '{request.Host.Host}'.");
            return;
        }

        // A web socket begins as a GET, and no browser keeps another site from reading what comes over it.
        var isRead = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0;
        if (!isRead && IsForeign(request))
        {
            await Refuse(context, "A page of another site may not write here. Use the pages of this server, or a program.");
            return;
        }

        await next(context);
    }

    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
            return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static Task Refuse(HttpContext context, string reason) =>
        TypedResults.Problem(reason, statusCode: StatusCodes.Status403Forbidden, title: "Not allowed").ExecuteAsync(context);
}
