using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Server.Definitions;
using Playbook.Server.Pages.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Batons;

/// <summary>A step whose next one is a hand-over, with what must hold for it.</summary>
/// <param name="ToRole">Who is to take over.</param>
/// <param name="Criteria">Each with whether it holds now.</param>
public sealed record Readying(TaskItem Task, string Who, string ToRole, IReadOnlyList<(string Label, bool IsMet)> Criteria)
{
    public int Met => Criteria.Count(criterion => criterion.IsMet);
}

/// <summary>Looks which batons are about to be passed, and what they lack.</summary>
public sealed class BatonReadiness(RunHost host, RunTasks tasks, DefinitionCache definitions, ExpressionEvaluator evaluator, RunNames names)
{
    private const int MostLookedAt = 400;
    private const int MostShown = 40;
    private const string HandOver = "Playbook.HandOver";

    /// <summary>Those that lack least first.</summary>
    public async Task<IReadOnlyList<Readying>> Load(CancellationToken cancellationToken = default)
    {
        var found = new List<(TaskItem Task, ActivityNode Baton, PlaybookDefinition Definition, RunState State)>();
        foreach (var task in tasks.List(new TaskFilter(), 0, MostLookedAt))
        {
            if (found.Count == MostShown)
                break;
            if (task.Request.Details.ContainsKey("packet") || await host.Store.Get(task.RunId, cancellationToken) is not { } state)
                continue;
            var definition = (await definitions.Version(state.DefinitionVersionId, cancellationToken)).Definition;
            if (definition.Find(task.ActivityId) is { } node && NextBaton(definition, node) is { } baton && Constant(baton, "FromRole") == task.Role)
                found.Add((task, baton, definition, state));
        }

        var who = await names.Of(found.Select(one => (one.Task.SubjectKind, one.Task.SubjectId)), cancellationToken);
        var readying = new List<Readying>();
        foreach (var (task, baton, definition, state) in found)
        {
            var fresh = state.Clone();
            if (fresh.Subject.Id.Length > 0)
                fresh.Subject = await host.Sources.Facts(fresh.Subject);
            var scope = RunScope.Of(definition, fresh, host.Clock.GetUtcNow());
            if (Criteria(baton, scope) is { Count: > 0 } criteria)
                readying.Add(new(task, who.GetValueOrDefault((task.SubjectKind, task.SubjectId), task.Title), Constant(baton, "ToRole") ?? "somebody", criteria));
        }

        return [.. readying.OrderBy(one => one.Criteria.Count - one.Met).ThenBy(one => one.Task.DueAt ?? DateTimeOffset.MaxValue)];
    }

    /// <summary>The hand-over that follows with no other person in between; null where none does.</summary>
    public static ActivityNode? NextBaton(PlaybookDefinition definition, ActivityNode from)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(from);
        if (from.Parent?.Flow is not { } graph)
            return null;
        var (seen, queue) = (new HashSet<int>(), new Queue<int>([graph.PositionOf(from.Index)]));
        var isFirst = true;
        while (queue.TryDequeue(out var position))
        {
            if (!seen.Add(position))
                continue;
            var node = definition.Nodes[graph.Nodes[position]];
            if (node.Type == HandOver)
                return node;
            if (!isFirst && node.Description is { IsHumanStep: true } or { Waits: true })
                continue;
            isFirst = false;
            foreach (var connection in graph.Outbound[position])
                queue.Enqueue(graph.Connections[connection].Target);
        }

        return null;
    }

    private List<(string Label, bool IsMet)> Criteria(ActivityNode baton, IExpressionScope scope)
    {
        var criteria = new List<(string, bool)>();
        if (baton.Inputs.FirstOrDefault(input => input.Input.Name == "Criteria")?.Expression?.Text is not { } text)
            return criteria;
        foreach (var item in (Parse(text) as JsonArray ?? []).OfType<JsonObject>())
        {
            var condition = item["condition"]?["expression"] as JsonObject ?? item["condition"] as JsonObject;
            if (item["label"]?.ToString() is { Length: > 0 } label && condition?["type"]?.ToString() is { } type && condition["value"] is { } value)
                criteria.Add((label, IsMet(new Expression(type, value.ToString()), scope)));
        }

        return criteria;
    }

    private bool IsMet(Expression condition, IExpressionScope scope)
    {
        try
        {
            return evaluator.Evaluate(condition, scope, "Object") switch
            {
                null or false or 0 or 0L or 0d or double.NaN => false,
                string said => said.Trim() is { Length: > 0 } word && !string.Equals(word, "false", StringComparison.OrdinalIgnoreCase),
                _ => true,
            };
        }
        catch (ExpressionException)
        {
            // The hand-over itself will say what is wrong with it; until then it is not met.
            return false;
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Constant(ActivityNode node, string input) =>
        node.Inputs.FirstOrDefault(one => one.Input.Name == input) is { IsConstant: true, Constant: string { Length: > 0 } text } ? text : null;
}
