using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Sales.Scenarios;

/// <summary>Runs scenarios of a playbook and says where the first one differs.</summary>
public sealed class ScenarioRunner(RunEngine engine)
{
    private static readonly DateTimeOffset DefaultStart = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public async Task<ScenarioResult> Run(PlaybookDefinition definition, IReadOnlyDictionary<string, string> scripts, Scenario scenario, CancellationToken cancellationToken = default)
    {
        var given = scenario.Given;
        if (!TryStart(given, out var start))
            return new ScenarioResult(scenario.Name, $"'{Text(given, "now")}' under 'given' is no point in time; write it as 2026-03-02T09:00:00Z", []);
        var clock = new ScenarioClock(start);
        var trial = new PlaybookTrial(engine, id => id == definition.DefinitionId ? (definition, scripts) : null, clock, followsStarts: false);
        var subject = SubjectOf(given);
        string? difference;
        try
        {
            ForeseeDeliveries(trial, scenario, 0);
            var run = await trial.Start(definition.DefinitionId, subject, Dictionary(given["input"]));
            difference = await Steps(trial, scenario, subject, cancellationToken) ?? Expectations(trial, run.Id, definition, scenario);
        }
        catch (Exception e) when (e is ScenarioException or ExpressionException)
        {
            difference = e.Message;
        }

        return new ScenarioResult(scenario.Name, difference, [.. trial.Events.Where(e => e.Kind == RunEventKind.Started).Select(e => e.ActivityId)]);
    }

    private static bool TryStart(JsonObject given, out DateTimeOffset start)
    {
        start = DefaultStart;
        return Text(given, "now") is not { } now || DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out start);
    }

    private static Subject SubjectOf(JsonObject given)
    {
        var facts = new Dictionary<string, object?>();
        foreach (var name in (string[])["contact", "account", "opportunity", "rep"])
            facts[name] = Dictionary(given[name]);
        var kind = given["contact"] is null && given["opportunity"] is not null ? "opportunity" : "contact";
        return new Subject(kind, (facts[kind] as Dictionary<string, object?>)?.GetValueOrDefault("id") as string ?? "someone", facts);
    }

    private static async Task<string?> Steps(PlaybookTrial trial, Scenario scenario, Subject subject, CancellationToken cancellationToken)
    {
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            var step = scenario.Steps[i];
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsFate(step))
                ForeseeDeliveries(trial, scenario, i + 1);
            if (await Step(trial, step, subject, cancellationToken) is { } problem)
                return $"step {i + 1}: {problem}";
        }

        return null;
    }

    /// <summary>What happens to a message is told to the trial before the step that sends it.</summary>
    private static void ForeseeDeliveries(PlaybookTrial trial, Scenario scenario, int first)
    {
        for (var next = first; next < scenario.Steps.Count && IsFate(scenario.Steps[next]); next++)
            trial.NextDelivery(Fate(scenario.Steps[next]));
    }

    private static bool IsFate(JsonObject step) => Text(step, "do") is "delivered" or "bounced" or "rejected";

    private static Stimulus Fate(JsonObject step) => Text(step, "do") switch
    {
        "bounced" => new Stimulus.Bounced(Text(step, "reason") ?? "mailbox unknown", BounceKind.Hard),
        "rejected" => new Stimulus.Rejected(Text(step, "reason") ?? "refused"),
        _ => new Stimulus.Delivered("trial"),
    };

    private static async Task<string?> Step(PlaybookTrial trial, JsonObject step, Subject subject, CancellationToken cancellationToken)
    {
        switch (Text(step, "do"))
        {
            case "complete":
                return await trial.Complete(Text(step, "activity") ?? "", Text(step, "outcome") ?? "Done", Dictionary(step["fields"]), Text(step, "by"));
            case "wait":
                if (!TimeSpan.TryParse(Text(step, "for"), CultureInfo.InvariantCulture, out var time))
                    return $"'{Text(step, "for")}' is no duration; write 3 days as 3.00:00:00";
                await trial.Wait(time, cancellationToken);
                return null;
            case "reply":
                return await trial.Reply(subject.Id, Text(step, "text"), Text(step, "channel") ?? "email") > 0 ? null : $"nothing waits for a reply; open are {trial.Open()}";
            case "signal":
                return await trial.Publish(Text(step, "name") ?? "", Text(step, "payload")) > 0 ? null : $"nothing waits for the event '{Text(step, "name")}'";
            case "answer":
                return await trial.Answer(Text(step, "activity") ?? "", Plain(step["value"])) ? null : $"'{Text(step, "activity")}' waits for no answer from outside";
            case "end":
                return await trial.End(Text(step, "activity") ?? "") ? null : $"'{Text(step, "activity")}' waits for no other playbook";
            case "delivered" or "bounced" or "rejected":
                return null;
            case { } incoming when IncomingSteps.Words.Contains(incoming):
                return IncomingSteps.Problem(step) ?? (await trial.Hear(subject.Id, IncomingSteps.Read(step)) > 0 ? null : $"nothing waits for '{incoming}'; open are {trial.Open()}");
            default:
                return $"'{Text(step, "do")}' is nothing that a scenario can do; it can {string.Join(", ", ScenarioWords.Steps)}";
        }
    }

    private static string? Expectations(PlaybookTrial trial, Guid runId, PlaybookDefinition definition, Scenario scenario)
    {
        var run = trial.Runs.First(r => r.Id == runId);
        foreach (var expected in scenario.Then)
            foreach (var (what, value) in expected)
                if (Expectation(trial, run, definition, what, value) is { } difference)
                    return difference + (run.Incidents.Find(i => !i.Resolved) is { } incident ? $" (incident at '{incident.ActivityId}': {incident.Message})" : "");
        return null;
    }

    private static string? Expectation(PlaybookTrial trial, RunState run, PlaybookDefinition definition, string what, JsonNode? value)
    {
        var members = value as JsonObject ?? [];
        switch (what)
        {
            case "task":
                return trial.Tasks.Any(t => t.ActivityId == Text(members, "activity") && (Text(members, "role") is not { } role || t.Request.Role == role)) ? null
                    : $"expected a task for '{Text(members, "activity")}' ({Text(members, "role") ?? "any role"}); open are {trial.Open()}";
            case "noTask":
                return trial.Tasks.Count == 0 ? null : $"expected no open task; open are {trial.Open()}";
            case "sent":
                return trial.Sent.Any(m => Matches(m, members)) ? null : $"expected '{Text(members, "script")}' to be sent by {Text(members, "channel") ?? "any channel"}; sent were {Sent(trial)}";
            case "notSent":
                return trial.Sent.Any(m => Matches(m, members)) ? $"'{Text(members, "script")}' was sent, and must not be" : null;
            case "phase":
                var phase = trial.Events.LastOrDefault(e => e is { Kind: RunEventKind.Fact, Text: "PhaseChanged" }).Data?.GetValueOrDefault("phase") as string;
                return phase == value?.ToString() ? null : $"expected the phase {value}; it is {phase ?? "not set"}";
            case "started":
                return trial.Started.Contains(value?.ToString()) ? null : $"expected the playbook '{value}' to be started; started were {(trial.Started.Count == 0 ? "none" : string.Join(", ", trial.Started))}";
            case "status":
                var expected = value?.ToString();
                return expected == run.SubStatus.ToString() || expected == run.Status.ToString() ? null : $"expected the run to be {expected}; it is {run.SubStatus}, open are {trial.Open()}";
            case "variable":
                return Variable(run, definition, members);
            default:
                return $"'{what}' is nothing that a scenario can expect; it can expect {string.Join(", ", ScenarioWords.Expectations)}";
        }
    }

    private static string? Variable(RunState run, PlaybookDefinition definition, JsonObject members)
    {
        for (var i = 0; i < definition.Variables.Count; i++)
            if (definition.Variables[i].Name == Text(members, "name"))
            {
                var is_ = ValueConversion.To(run.Variables[i], "String") as string;
                var expected = ValueConversion.To(Plain(members["equals"]), "String") as string;
                return is_ == expected ? null : $"expected the variable {Text(members, "name")} to be '{expected}'; it is '{is_}'";
            }

        return $"there is no variable '{Text(members, "name")}'";
    }

    private static bool Matches(TrialMessage message, JsonObject members) =>
        message.Script == Text(members, "script") && (Text(members, "channel") is not { } channel || message.Channel == channel);

    private static string Sent(PlaybookTrial trial) => trial.Sent.Count == 0 ? "none" : string.Join(", ", trial.Sent.Select(m => $"'{m.Script}' by {m.Channel}"));

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.GetValueKind() != JsonValueKind.Null ? value.ToString() : null;

    private static Dictionary<string, object?> Dictionary(JsonNode? node) => Plain(node) as Dictionary<string, object?> ?? [];

    private static object? Plain(JsonNode? node) => node is null ? null : RunValues.FromJson(JsonSerializer.SerializeToElement(node));
}
