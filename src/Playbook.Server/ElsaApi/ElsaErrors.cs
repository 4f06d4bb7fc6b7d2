using Microsoft.AspNetCore.Http.HttpResults;

namespace Playbook.Server.ElsaApi;

/// <summary>Errors as Elsa's clients read them to people: a problem whose <c>errors</c> hold the sentences.</summary>
internal static class ElsaErrors
{
    private const string General = "generalErrors";

    public static ProblemHttpResult Of(IReadOnlyList<string> messages, int status = StatusCodes.Status400BadRequest, IDictionary<string, object?>? more = null) =>
        TypedResults.Problem(new HttpValidationProblemDetails(new Dictionary<string, string[]> { [General] = [.. messages] })
        {
            Status = status,
            Title = "What was sent cannot be used.",
            Detail = string.Join(" ", messages),
            Extensions = more ?? new Dictionary<string, object?>(),
        });

    public static ProblemHttpResult Of(string message, int status = StatusCodes.Status400BadRequest) => Of([message], status);
}
