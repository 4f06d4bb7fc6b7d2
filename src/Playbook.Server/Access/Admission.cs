using Microsoft.AspNetCore.Authentication;

namespace Playbook.Server.Access;

/// <summary>Between knowing who calls and asking what they may do.</summary>
internal static class Admission
{
    /// <summary>Makes the caller known to all that is done for the request, and keeps other sites from using a browser's cookie.</summary>
    public static async Task Know(HttpContext context, RequestDelegate next)
    {
        var caller = Caller.Of(context.User);
        context.RequestServices.GetRequiredService<CurrentPerson>().Become(caller);
        if (caller?.SessionId is not null && Acts(context) && !IsOwnPage(context.Request))
        {
            await TypedResults.Problem("A browser's sign-in counts only for the pages of this server. Send a token of your profile page instead.", statusCode: StatusCodes.Status403Forbidden, title: "Not allowed").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>Records the requests whose line in the table says so, once they have succeeded.</summary>
    public static async Task Record(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest || AccessCheck.RuleOf(context.GetEndpoint(), context.Request.Method)?.Audit is not { } what)
            return;
        var on = string.Join(" ", context.Request.RouteValues.Where(value => value.Key is not ("action" or "controller" or "page")).Select(value => value.Value?.ToString()));
        await context.RequestServices.GetRequiredService<Audit>().Note(what, on, from: From(context));
    }

    public static string From(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    // A run can be started by a GET, as Elsa has it: a link on another site must not.
    private static bool Acts(HttpContext context) =>
        !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        || context.Request.Headers.Upgrade.Count > 0
        || AccessCheck.RuleOf(context.GetEndpoint(), context.Request.Method)?.Access.Needs is Permission.StartRuns;

    // Every browser names one of the two; what names another site was refused before.
    private static bool IsOwnPage(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "same-origin" || request.Headers.Origin.Count > 0;
}
