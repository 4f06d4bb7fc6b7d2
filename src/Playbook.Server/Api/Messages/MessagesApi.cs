using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs;
using Playbook.Storage.Sending;

namespace Playbook.Server.Api.Messages;

/// <summary>Why messages went or did not.</summary>
internal static class MessagesApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/messages/{id}/decisions", Decisions).WithTags("Messages").WithSummary("Every decision of the sending policy about a message or a guided step, oldest first");

    private static Results<Ok<IReadOnlyList<DecisionAnswer>>, ProblemHttpResult> Decisions(string id, SendingLedger ledger, RunTasks tasks, RunQueries runs)
    {
        var decisions = ledger.Decisions(id);
        if (decisions.Count > 0)
            return TypedResults.Ok<IReadOnlyList<DecisionAnswer>>([.. decisions.Select(DecisionAnswer.Of)]);
        if (tasks.Get(id) is not null || BookmarkIds.RunOf(id) is { } run && runs.Messages(run).Any(message => message.Id == id))
            return TypedResults.Ok<IReadOnlyList<DecisionAnswer>>([]);
        return Problems.NotFound($"There is no message or task '{id}', and nothing was ever decided about one. The messages of a run stand in GET /api/runs/RUN.");
    }
}

/// <param name="Rule">What people read: the rule, quoted where it is a law.</param>
/// <param name="Until">Until when the permit holds, or when it is asked again.</param>
/// <param name="Reasons">Everything that was looked at, in its order.</param>
internal sealed record DecisionAnswer(
    DateTimeOffset At, string Channel, Verdict Verdict, string RuleId, string Rule, DateTimeOffset? Until, Guid? RunId, IReadOnlyList<Reason> Reasons, System.Text.Json.Nodes.JsonNode? Facts)
{
    public static DecisionAnswer Of(KeptDecision decision) => new(
        decision.At, decision.Channel, decision.Verdict, decision.RuleId, decision.Rule, decision.Until, decision.RunId, DecisionText.Reasons(decision), System.Text.Json.Nodes.JsonNode.Parse(decision.Facts));
}
