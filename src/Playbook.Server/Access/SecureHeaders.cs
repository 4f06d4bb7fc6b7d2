using System.Security.Cryptography;

namespace Playbook.Server.Access;

/// <summary>Tells browsers what our pages may do: only what comes from here, and only inside our own pages.</summary>
internal static class SecureHeaders
{
    private static readonly object NonceKey = new();

    /// <summary>Marks the one script that stands in our pages themselves: the map of their modules.</summary>
    public static string Nonce(HttpContext context) => (string)(context.Items[NonceKey] ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)));

    public static Task Set(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            Fill((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    private static void Fill(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        // Not "no-referrer": a browser then hides the origin of our own forms too, and they would be taken for another site's.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (context.Request.IsHttps && context.Request.Host.Host is not ("localhost" or "127.0.0.1"))
            headers.StrictTransportSecurity = "max-age=31536000";
        if (headers.CacheControl.Count == 0 && context.User.Identity is { IsAuthenticated: true })
            headers.CacheControl = "no-store";
        if (headers.ContentSecurityPolicy.Count == 0 || !headers.ContentSecurityPolicy.ToString().Contains("default-src", StringComparison.Ordinal))
            headers.ContentSecurityPolicy = Policy(context);
    }

    // MudBlazor writes styles into its elements; the reference of the API (a page of another maker) writes its script into the page.
    private static string Policy(HttpContext context) =>
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'self'; form-action 'self'; img-src 'self' data: blob:; font-src 'self' data:; " +
        $"style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; script-src 'self' {(context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) ? "'unsafe-inline'" : $"'nonce-{Nonce(context)}'")}";
}
