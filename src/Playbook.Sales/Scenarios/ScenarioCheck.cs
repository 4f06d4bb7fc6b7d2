using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;

namespace Playbook.Sales.Scenarios;

/// <summary>Something about a scenario as it is written.</summary>
/// <param name="Line">From 1.</param>
/// <param name="IsError">Whether it is bound to fail; otherwise it runs, but probably not as meant.</param>
public sealed record ScenarioProblem(int Line, bool IsError, string Message);

/// <summary>Looks a scenario over without running it: names that the playbook does not have, words that mean nothing.</summary>
public sealed class ScenarioCheck
{
    private static readonly HashSet<string> Members = new(["name", "description", "given", "steps", "then"], StringComparer.Ordinal);

    private readonly PlaybookDefinition _definition;
    private readonly HashSet<string> _scripts;
    private readonly List<ScenarioProblem> _found = [];
    private readonly JsonLines _lines;

    private ScenarioCheck(PlaybookDefinition definition, IEnumerable<string> scripts, JsonLines lines)
    {
        _definition = definition;
        _scripts = scripts.Select(ScriptNames.WithoutLanguage).ToHashSet(StringComparer.Ordinal);
        _lines = lines;
    }

    /// <param name="json">The scenario.</param>
    /// <param name="definition">The playbook that it is about.</param>
    /// <param name="scripts">Names of the playbook's scripts.</param>
    public static IReadOnlyList<ScenarioProblem> Problems(string json, PlaybookDefinition definition, IEnumerable<string> scripts)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(definition);
        try
        {
            var root = JsonNode.Parse(json);
            var check = new ScenarioCheck(definition, scripts, JsonLines.Of(json));
            if (root is JsonObject scenario)
                check.Check(scenario);
            else
                check.Error("", "A scenario is a JSON object: { \"name\": …, \"given\": …, \"steps\": […], \"then\": […] }.");
            return [.. check._found.OrderBy(problem => problem.Line)];
        }
        catch (JsonException broken)
        {
            return [new ScenarioProblem((int)(broken.LineNumber ?? 0) + 1, true, $"This is no JSON: {broken.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}")];
        }
        catch (ArgumentException)
        {
            return [new ScenarioProblem(1, true, "A name stands twice in one object; give each once.")];
        }
    }

    private void Check(JsonObject scenario)
    {
        if (string.IsNullOrWhiteSpace(Text(scenario["name"])))
            Error("name", "Give the scenario a name: what it shows, in a sentence.");
        Names(scenario, "", Members, "member");
        if (scenario["given"] is JsonObject given)
            Given(given);
        else if (scenario["given"] is not null)
            Error("given", "'given' is an object with contact, account, opportunity, rep, input and now.");
        List(scenario, "steps", Step);
        List(scenario, "then", Expectation);
        if (scenario["then"] is not JsonArray { Count: > 0 })
            Error("then", "The scenario expects nothing: write under 'then' what is to be so, such as { \"status\": \"Finished\" }.");
    }

    private void Given(JsonObject given)
    {
        Names(given, "given", ScenarioWords.Given, "member");
        foreach (var (fact, members) in FactSchema.Members)
            if (given[fact] is JsonObject own)
                Names(own, $"given/{fact}", [.. members, "do_not_contact"], "member");
        if (given["input"] is JsonObject input)
            Names(input, "given/input", [.. _definition.Inputs.Select(i => i.Name)], "input");
        if (given["now"] is { } now && !DateTimeOffset.TryParse(Text(now), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            Error("given/now", $"'{Text(now)}' is no point in time; write it as 2026-03-02T09:00:00Z.");
    }

    private void Step(JsonObject step, string path)
    {
        var what = Text(step["do"]);
        if (what is null || !ScenarioWords.Steps.Contains(what))
        {
            Error($"{path}/do", what is null ? $"Say under 'do' what happens: {string.Join(", ", ScenarioWords.Steps)}." : Unknown("step", what, ScenarioWords.Steps));
            return;
        }

        if (what is "complete" or "answer" or "end")
            Activity(step, path, what == "complete" ? Text(step["outcome"]) ?? "Done" : null);
        if (what == "wait" && !TimeSpan.TryParse(Text(step["for"]), CultureInfo.InvariantCulture, out _))
            Error($"{path}/for", $"'{Text(step["for"])}' is no length of time; write 3 days as 3.00:00:00 and 4 hours as 04:00:00.");
        if (IncomingSteps.Words.Contains(what) && IncomingSteps.Problem(step) is { } problem)
            Error(path, $"{char.ToUpperInvariant(problem[0])}{problem[1..]}.");
        if (what == "signal" && Text(step["name"]) is null)
            Error(path, "Name the event under 'name'.");
    }

    private void Activity(JsonObject step, string path, string? outcome)
    {
        if (Text(step["activity"]) is not { } id)
            Error(path, "Name the step under 'activity'.");
        else if (_definition.Find(id) is not { } node)
            Error($"{path}/activity", Unknown("step in the playbook", id, _definition.Nodes.Select(n => n.Id)));
        else if (outcome is not null && ActivityOutcomes.Of(node) is { } outcomes && !outcomes.Contains(outcome))
            Error($"{path}/outcome", Unknown($"outcome of '{ActivityTitle.Of(node)}'", outcome, outcomes));
    }

    private void Expectation(JsonObject expected, string path)
    {
        foreach (var (what, value) in expected)
        {
            var at = $"{path}/{what}";
            if (!ScenarioWords.Expectations.Contains(what))
                Error(at, Unknown("expectation", what, ScenarioWords.Expectations));
            else if (what == "task" && value is JsonObject task && Text(task["activity"]) is { } id && _definition.Find(id) is null)
                Error($"{at}/activity", Unknown("step in the playbook", id, _definition.Nodes.Select(n => n.Id)));
            else if (what is "sent" or "notSent" && value is JsonObject sent && Text(sent["script"]) is { } script && !_scripts.Contains(script))
                Error($"{at}/script", Unknown("script", script, _scripts));
            else if (what == "variable" && value is JsonObject variable && _definition.Variables.All(v => v.Name != Text(variable["name"])))
                Error($"{at}/name", Unknown("variable", Text(variable["name"]) ?? "", _definition.Variables.Select(v => v.Name)));
        }
    }

    private void List(JsonObject scenario, string name, Action<JsonObject, string> look)
    {
        if (scenario[name] is not JsonArray items)
        {
            if (scenario[name] is not null)
                Error(name, $"'{name}' is a list of objects.");
            return;
        }

        for (var i = 0; i < items.Count; i++)
            if (items[i] is JsonObject item)
                look(item, $"{name}/{i}");
            else
                Error($"{name}/{i}", $"'{name}' is a list of objects.");
    }

    private void Names(JsonObject json, string path, IReadOnlyCollection<string> known, string what)
    {
        foreach (var (name, _) in json)
            if (!known.Contains(name))
                _found.Add(new ScenarioProblem(_lines[path.Length == 0 ? name : $"{path}/{name}"], false, Unknown(what, name, known)));
    }

    private void Error(string path, string message) => _found.Add(new ScenarioProblem(_lines[path], true, message));

    private static string Unknown(string what, string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        return DidYouMean.Suggest(name, all) is { } meant ? $"There is no {what} '{name}'; did you mean '{meant}'?"
            : all.Count is > 0 and <= 12 ? $"There is no {what} '{name}'; there are {string.Join(", ", all)}."
            : $"There is no {what} '{name}'.";
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() != JsonValueKind.Null ? value.ToString() : null;
}
