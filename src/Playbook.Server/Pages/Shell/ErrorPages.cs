using Microsoft.AspNetCore.Http.HttpResults;

namespace Playbook.Server.Pages.Shell;

/// <summary>A person who mistypes an address, or meets a fault, sees a page; programs go on getting problem details.</summary>
internal static class ErrorPages
{
    private static readonly string[] ForPrograms = ["/api", "/elsa", "/openapi", "/docs", "/health", "/studio", "/_blazor", "/_framework", "/_content"];

    public static async Task Show(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (IsForPerson(context) && !context.Response.HasStarted && fault is not OperationCanceledException)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages)).LogError(fault, "The page {Path} failed", context.Request.Path);
            context.Response.Clear();
            await Page(context, StatusCodes.Status500InternalServerError);
            return;
        }

        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null } && IsForPerson(context))
            await Page(context, StatusCodes.Status404NotFound);
    }

    private static Task Page(HttpContext context, int status) =>
        new RazorComponentResult<ErrorDocument>(new Dictionary<string, object?> { [nameof(ErrorDocument.Status)] = status }) { StatusCode = status }.ExecuteAsync(context);

    private static bool IsForPerson(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !ForPrograms.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
