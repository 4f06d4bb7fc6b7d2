using System.Net;
using Playbook.Server.Host;
using Playbook.Server.Inbound.Unsubscribe;
using Playbook.Server.Plugins.Webhooks;

namespace Playbook.Server.Api;

/// <summary>
/// Keeps other web sites out: a page from anywhere that runs in somebody's browser could otherwise make the browser write
/// here, and a name that leads to this machine could read.
/// </summary>
internal static class OriginCheck
{
    private static readonly string[] OwnHosts = ["127.0.0.1", "localhost", "[::1]"];

    public static async Task Run(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var options = context.RequestServices.GetRequiredService<ServeOptions>();
        // Providers call from anywhere, and by the name that the world knows; each channel checks their signatures itself. A link
        // in a message is opened from anywhere too, and what it may do is signed into it.
        if (request.Path.StartsWithSegments(WebhookApi.Path, StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments(UnsubscribeLinks.Path.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        if (!IsOwnHost(request.Host.Host, options))
        {
            await Refuse(context, $"This server does not answer to the name '{request.Host.Host}'. By which name it is reached is said with --public-url.");
            return;
        }

        // A web socket begins as a GET, and no browser keeps another site from reading what comes over it.
        var isRead = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0;
        if (!isRead && IsForeign(request, options.PublicUrl))
        {
            await Refuse(context, "A page of another site may not write here. Use the pages of this server, or a program.");
            return;
        }

        await next(context);
    }

    // An address is nobody's name: only a name can be made to lead elsewhere than its owner said.
    private static bool IsOwnHost(string host, ServeOptions options) =>
        OwnHosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        || string.Equals(host, options.PublicUrl?.Host, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out _) && !ListenUrl.IsLoopback(ListenUrl.Parse(options)));

    private static bool IsForeign(HttpRequest request, Uri? publicUrl)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
            return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            // Behind a proxy that speaks TLS, the scheme here is not the one in the browser.
            && !string.Equals(origin, publicUrl?.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
    }

    private static Task Refuse(HttpContext context, string reason) =>
        TypedResults.Problem(reason, statusCode: StatusCodes.Status403Forbidden, title: "Not allowed").ExecuteAsync(context);
}
