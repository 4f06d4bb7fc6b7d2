using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Engine.Runs;
using Playbook.Server.Api.Events;

namespace Playbook.Server.Api.Subjects;

/// <summary>What came in from a contact.</summary>
internal static class SubjectsApi
{
    private const int LongestReply = 100_000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/subjects/{id}/reply", Reply).WithTags("Subjects").WithSummary("Gives a reply to every run of the subject that waits for one");

    private static async Task<Results<Ok<Woken>, ProblemHttpResult>> Reply(string id, GiveReply body, RunHost host, CancellationToken cancellationToken)
    {
        if (body.Text?.Length > LongestReply)
            return Problems.Unprocessable(("text", $"The reply is longer than {LongestReply} characters; send its beginning."));
        return TypedResults.Ok(new Woken(await host.Reply(id, body.Text, body.Channel, cancellationToken)));
    }
}

/// <param name="Text">What they wrote.</param>
/// <param name="Channel">Over which channel, such as <c>email</c>.</param>
internal sealed record GiveReply(string? Text, string? Channel);
