using System.Text.Json.Nodes;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Runs;

/// <summary>A definition made of a seed: the same seed, the same definition.</summary>
internal sealed class RandomDefinition(int seed)
{
    private readonly Random _random = new(seed);
    private int _ids;

    public DefinitionBuilder Make()
    {
        var root = Chance(8) ? Container(2, false) : Flowchart(2, false);
        var definition = new DefinitionBuilder(root).Variable("n", "Int32", "0").Variable("list", "Object", null);
        if (Chance(4))
            definition.TokenFlow();
        if (Chance(3))
            definition.ContinueWithIncidents();
        return definition;
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string Id(string prefix) => $"{prefix}{_ids++}";

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private JsonObject Flowchart(int depth, bool inLoop)
    {
        var activities = new List<JsonObject>();
        var count = _random.Next(2, 8);
        for (var i = 0; i < count; i++)
            activities.Add(i == 0 && Chance(2) ? Draw.Fork(Id("fork"), "A", "B") : FlowActivity(depth, inLoop));
        var connections = new List<string>();
        for (var target = 1; target < count; target++)
            for (var inbound = _random.Next(1, 3); inbound > 0; inbound--)
                connections.Add(Connect(activities[_random.Next(target)], activities[target]));
        // Loops go back from what waits only, else every other run would go round until it is stopped.
        var waits = activities.FindAll(a => (string)a["type"]! is "Elsa.Event" or "Elsa.RunTask");
        if (waits.Count > 0 && Chance(2))
            connections.Add(Connect(Pick([.. waits]), Pick([.. activities])));
        foreach (var activity in activities)
            if (Chance(2))
                activity.MergeMode(Pick("Stream", "Merge", "Converge", "Cascade", "Race"));
        return Draw.Flow(Id("flow"), [.. activities], [.. connections.Distinct()]);
    }

    private string Connect(JsonObject source, JsonObject target)
    {
        var port = (string)source["type"]! switch
        {
            "Elsa.FlowDecision" => Pick("True", "False"),
            "Elsa.FlowFork" => Pick("A", "B"),
            TestStep.Type => Pick("Done", "Done", "Again", "Late"),
            _ => "Done",
        };
        return $"{source["id"]}:{port}>{target["id"]}";
    }

    private JsonObject FlowActivity(int depth, bool inLoop) => _random.Next(12) switch
    {
        0 or 1 => Draw.Decision(Id("if"), Pick("true", "false", "getN() < 1", "getN() % 2 == 0")),
        2 => Draw.Fork(Id("fork"), "A", "B"),
        3 or 4 => Draw.Join(Id("join"), Pick("WaitAny", "WaitAll", "WaitAllActive")),
        5 when depth > 0 => Flowchart(depth - 1, inLoop),
        6 when depth > 0 => Container(depth - 1, inLoop),
        _ => Leaf(inLoop),
    };

    private JsonObject Container(int depth, bool inLoop)
    {
        JsonObject Inner(bool loop) => depth > 0 && Chance(3) ? Container(depth - 1, loop) : depth > 0 && Chance(4) ? Flowchart(depth - 1, loop) : Leaf(loop);
        return _random.Next(9) switch
        {
            0 or 1 => Draw.Sequence(Id("seq"), [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Inner(inLoop))]),
            2 => Draw.Parallel(Id("par"), [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Inner(inLoop))]),
            3 => Draw.Activity("Elsa.If", Id("if"), ("condition", Draw.Js("getN() < 1")), ("then", Inner(inLoop)), ("else", Inner(inLoop))),
            4 => Draw.Activity("Elsa.For", Id("for"), ("start", Draw.Literal(0)), ("end", Draw.Literal(_random.Next(3))), ("body", Inner(true))),
            5 => Draw.Activity("Elsa.ForEach", Id("each"), ("items", Draw.Js("[1, 2]")), ("body", Inner(true))),
            6 => Draw.Activity("Elsa.ParallelForEach", Id("all"), ("items", Draw.Js("['a', 'b', 'c']")), ("body", Inner(true))),
            7 => Draw.While(Id("while"), Draw.Js("getN() < 3"), Draw.Sequence(Id("seq"), Count(), Inner(true))),
            _ => Draw.Activity("Elsa.Switch", Id("switch"), ("mode", Draw.Literal(Pick("MatchFirst", "MatchAny"))),
                ("cases", new JsonArray(Case("getN() == 0", Inner(inLoop)), Case("true", Inner(inLoop)))), ("default", Inner(inLoop))),
        };
    }

    private static JsonObject Case(string condition, JsonObject activity) => new()
    {
        ["label"] = condition,
        ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = condition },
        ["activity"] = activity,
    };

    private JsonObject Count() => Draw.Set(Id("count"), "n", Draw.Js("getN() + 1"));

    private JsonObject Leaf(bool inLoop) => _random.Next(24) switch
    {
        0 or 1 or 2 => Draw.Event(Id("event"), Pick("news", "other")),
        3 => Draw.Delay(Id("delay"), Pick("00:00:00", "01:00:00", "3.00:00:00")),
        4 or 5 or 6 or 7 => Draw.Step(Id("step"), Pick(TestStep.Ways)),
        8 => Draw.Step(Id("step"), "needs:consent"),
        9 => Draw.Activity("Elsa.Fault", Id("fault"), ("message", Draw.Literal("On purpose."))),
        10 => Count(),
        11 when Chance(2) => Draw.Activity("Elsa.End", Id("end")),
        12 when Chance(3) => Draw.Activity("Elsa.Finish", Id("finish")),
        13 when Chance(3) => Draw.Activity("Elsa.Complete", Id("complete")),
        14 when inLoop => Draw.Activity("Elsa.Break", Id("break")),
        15 => Draw.LineJs(Id("bad"), "nobody.here"),
        16 => Draw.Activity("Elsa.RunJavaScript", Id("js"), ("script", Draw.Literal("setVariable('list', [Math.random(), newGuid()]); getList().length"))),
        17 => Draw.Activity("Elsa.RunTask", Id("work"), ("taskName", Draw.Literal("work"))),
        18 => Draw.Activity("Elsa.SendHttpRequest", Id("http"), ("url", Draw.Literal("https://example.org/"))),
        19 => Draw.Activity("Elsa.ExecuteWorkflow", Id("run"), ("workflowDefinitionId", Draw.Literal("child")), ("waitForCompletion", Draw.Literal(true))),
        20 => Draw.Activity("Elsa.PublishEvent", Id("publish"), ("eventName", Draw.Literal("news"))),
        _ => Draw.Line(Id("line")),
    };
}
