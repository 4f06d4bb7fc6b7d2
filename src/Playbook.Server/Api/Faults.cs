using Microsoft.AspNetCore.Diagnostics;
using Playbook.Engine.Runs;
using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Api;

/// <summary>Turns what was thrown into a problem that says what went wrong and what to do.</summary>
internal sealed class Faults(ILogger<Faults> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, detail) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, Words(bad)),
            StoreException => (StatusCodes.Status503ServiceUnavailable, exception.Message),
            ConcurrencyException => (StatusCodes.Status409Conflict, "The run is being changed by many at once. Try again."),
            DefinitionConflictException => (StatusCodes.Status409Conflict, exception.Message),
            PlaybookErrorsException => (StatusCodes.Status422UnprocessableEntity, exception.Message),
            DefinitionException => (StatusCodes.Status422UnprocessableEntity, exception.Message),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested => (499, "The caller went away."),
            _ => (StatusCodes.Status500InternalServerError, "Something failed that should not have; the server's log says what. Nothing of the request was half done."),
        };
        if (status >= 500)
            log.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, httpContext.Request.Path);
        await Problems.Of(status, detail).ExecuteAsync(httpContext);
        return true;
    }

    private static string Words(BadHttpRequestException bad) =>
        bad.InnerException is System.Text.Json.JsonException json ? $"The body is not as it should be: {json.Message}" : bad.Message;
}
