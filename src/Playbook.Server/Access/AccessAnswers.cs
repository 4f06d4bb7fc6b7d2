using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Playbook.Server.Access;

/// <summary>What somebody sees who may not come in: a person the page to sign in, a program a problem with the cure.</summary>
internal sealed class AccessAnswers(MemberBook book) : IAuthorizationMiddlewareResultHandler
{
    private static readonly string[] ForPrograms = ["/api", "/elsa", "/openapi", "/_blazor", "/_framework"];

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            await next(context);
        else if (Caller.Of(context.User) is null)
            await AskToSignIn(context);
        else if (IsForPerson(context))
            await new RazorComponentResult<Pages.Shell.ErrorDocument>(new Dictionary<string, object?> { [nameof(Pages.Shell.ErrorDocument.Status)] = StatusCodes.Status403Forbidden }) { StatusCode = StatusCodes.Status403Forbidden }.ExecuteAsync(context);
        else
            await Problem(context, StatusCodes.Status403Forbidden, "Your roles do not allow this. Ask an administrator to give you one that does.");
    }

    private async Task AskToSignIn(HttpContext context)
    {
        if (IsForPerson(context))
        {
            context.Response.Redirect(book.IsEmpty ? DoorPaths.Welcome : DoorPaths.SignInAndReturn(context.Request));
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await Problem(context, StatusCodes.Status401Unauthorized, "Nobody is signed in. Sign in with a browser, or send a token of your profile page as 'Authorization: Bearer …'.");
    }

    private static Task Problem(HttpContext context, int status, string detail) => TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);

    private static bool IsForPerson(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !ForPrograms.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
