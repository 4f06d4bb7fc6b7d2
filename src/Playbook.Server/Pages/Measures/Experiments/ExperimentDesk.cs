using System.Text.Json.Nodes;
using Playbook.Sales.Experiments;
using Playbook.Sales.Metrics;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Measures.Experiments;

/// <summary>What was decided of an experiment before it began.</summary>
/// <param name="Hope">The mark that counts as a success.</param>
/// <param name="Rate">How often that happens with the control.</param>
/// <param name="Hoped">The rate worth seeing.</param>
/// <param name="WaitDays">How long after the assignment an answer may take.</param>
public sealed record ExperimentIntent(string Experiment, string Control, string Hope, double Rate, double Hoped, int WaitDays);

/// <summary>An experiment that stands in a playbook.</summary>
/// <param name="Weights">Of its variants.</param>
/// <param name="ActivityId">The step that assigns.</param>
public sealed record DrawnExperiment(string Name, string PlaybookId, string Playbook, string ActivityId, IReadOnlyDictionary<string, double> Weights);

/// <summary>An experiment with what it says by now.</summary>
/// <param name="Reading">Null as long as nobody's answer is known.</param>
/// <param name="PerWeek">Subjects that were assigned in a week, lately.</param>
public sealed record ExperimentView(DrawnExperiment Drawn, ExperimentIntent Intent, bool IsPlanned, ExperimentPlan Plan, ExperimentReading? Reading, long Assigned, double PerWeek);

/// <summary>Finds experiments in playbooks, reads them from what happened, and makes the winner the next draft.</summary>
public sealed class ExperimentDesk(RunStore store, DefinitionStore definitions, TimeProvider clock)
{
    private const string Intents = "results.experiment:";
    private const string Type = "Playbook.Experiment";

    public async Task<IReadOnlyList<ExperimentView>> All()
    {
        var drawn = (await definitions.List()).SelectMany(Find).DistinctBy(one => one.Name).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var intents = store.Metrics.Settings.All<ExperimentIntent>(Intents).ToDictionary(intent => intent.Experiment, StringComparer.Ordinal);
        return [.. drawn.Select(one => View(one, intents.GetValueOrDefault(one.Name)))];
    }

    public ValueTask Plan(ExperimentIntent intent, string by)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return store.Metrics.Settings.Set(Intents + intent.Experiment, intent, clock.GetUtcNow(), by);
    }

    /// <summary>Everybody gets the winner in a new draft; the drawing keeps its ways, so that the change can be read and taken back.</summary>
    public async Task<DefinitionVersion> Promote(ExperimentView view, string by)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Reading?.Winner is not { } winner)
            throw new DefinitionException($"The experiment '{view.Drawn.Name}' has no winner yet, so there is nothing to promote.");
        var latest = await definitions.Get(view.Drawn.PlaybookId) ?? throw new DefinitionException($"There is no playbook \"{view.Drawn.PlaybookId}\".");
        var document = JsonNode.Parse(latest.Json)!;
        var step = Steps(document["root"]).FirstOrDefault(step => Text(step, "id") == view.Drawn.ActivityId)
            ?? throw new DefinitionException($"The experiment '{view.Drawn.Name}' is no longer drawn in \"{latest.Name}\".");
        var variants = Variants(step);
        step["weights"] = new JsonObject
        {
            ["typeName"] = "Object",
            ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = new JsonArray([.. variants.Select(variant => (JsonNode)(variant == winner ? 1 : 0))]).ToJsonString() },
        };
        return await definitions.SaveDraft(view.Drawn.PlaybookId, new DefinitionContent(latest.Name, document.ToJsonString(), null, latest.ByteOrderMark), by, Evidence(view, winner));
    }

    /// <summary>The reading in one sentence, for the history of the playbook.</summary>
    public static string Evidence(ExperimentView view, string winner)
    {
        ArgumentNullException.ThrowIfNull(view);
        var rates = view.Reading!.Variants.Select(variant => FormattableString.Invariant($"{variant.Name} {variant.Successes.Successes} of {variant.Successes.Trials}"));
        var p = view.Reading.Variants.Where(variant => variant.PValue is not null).Min(variant => variant.PValue);
        return FormattableString.Invariant($"'{winner}' won the experiment '{view.Drawn.Name}' ({string.Join(", ", rates)}; {view.Intent.Hope}; p = {p:0.####}, valid at any moment)");
    }

    private ExperimentView View(DrawnExperiment drawn, ExperimentIntent? planned)
    {
        var now = clock.GetUtcNow();
        var intent = planned ?? new ExperimentIntent(drawn.Name, drawn.Weights.Keys.First(), Mark.Replied, 0.05, 0.07, 14);
        var lately = store.Metrics.Marks.Answers(drawn.Name, intent.Hope, now);
        var perWeek = lately.Count(answer => answer.AssignedAt > now.AddDays(-28)) / 4.0;
        var ripe = lately.Where(answer => answer.AssignedAt <= now.AddDays(-intent.WaitDays)).ToList();
        var plan = ExperimentPlan.For(intent.Rate, intent.Hoped, drawn.Weights.Count, perWeek);
        var reading = ripe.Count == 0 || !drawn.Weights.ContainsKey(intent.Control) ? null
            : ExperimentReading.Of(new ExperimentDesign(intent.Control, drawn.Weights, planned is null ? null : plan.PerVariant), ripe);
        return new ExperimentView(drawn, intent, planned is not null, plan, reading, lately.Count, perWeek);
    }

    private static IEnumerable<DrawnExperiment> Find(DefinitionVersion version)
    {
        if (!version.Json.Contains(Type, StringComparison.Ordinal))
            yield break;
        foreach (var step in Steps(JsonNode.Parse(version.Json)?["root"]))
        {
            if (Text(step, "type") != Type || Literal(step, "experimentName") is not { Length: > 0 } name || Variants(step) is not { Count: >= 2 } variants)
                continue;
            var weights = Numbers(Literal(step, "weights"));
            yield return new DrawnExperiment(name, version.DefinitionId, version.Name, Text(step, "id") ?? "",
                variants.Select((variant, at) => (variant, weight: weights.Count == variants.Count ? weights[at] : 1)).Where(one => one.weight > 0).ToDictionary(one => one.variant, one => one.weight, StringComparer.Ordinal));
        }
    }

    private static IEnumerable<JsonNode> Steps(JsonNode? node) =>
        node is not JsonObject step ? [] : [step, .. (step["activities"] as JsonArray)?.SelectMany(Steps) ?? [], .. Steps(step["body"])];

    private static string? Text(JsonNode step, string name) => step[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // What a literal or an Object expression holds, as text.
    private static string? Literal(JsonNode step, string name) =>
        step[name] is JsonObject input && input["expression"]?["value"] is { } value ? value is JsonValue one && one.TryGetValue<string>(out var text) ? text : value.ToJsonString() : null;

    private static IReadOnlyList<string> Variants(JsonNode step) => Read(Literal(step, "variants")) is JsonArray list ? [.. list.Select(one => one?.ToString() ?? "")] : [];

    private static IReadOnlyList<double> Numbers(string? text) => Read(text) is JsonArray list ? [.. list.Select(one => one is JsonValue value && value.TryGetValue<double>(out var number) ? number : 0)] : [];

    private static JsonNode? Read(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
