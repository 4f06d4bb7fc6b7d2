using Microsoft.AspNetCore.Http.HttpResults;

namespace Playbook.Server.Api;

/// <summary>The problems that several parts of the API answer with.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string detail, IDictionary<string, object?>? more = null) =>
        TypedResults.Problem(detail, statusCode: status, extensions: more);

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static ProblemHttpResult Conflict(string detail, IDictionary<string, object?>? more = null) => Of(StatusCodes.Status409Conflict, detail, more);

    /// <summary>One message per field, as forms show them.</summary>
    public static ProblemHttpResult Unprocessable(params IEnumerable<(string Field, string Message)> problems)
    {
        var errors = problems.GroupBy(problem => problem.Field).ToDictionary(group => group.Key, group => group.Select(problem => problem.Message).ToArray());
        return TypedResults.Problem(new HttpValidationProblemDetails(errors)
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            Title = "What was sent cannot be used.",
            Detail = string.Join(" ", errors.Values.SelectMany(messages => messages)),
        });
    }
}
