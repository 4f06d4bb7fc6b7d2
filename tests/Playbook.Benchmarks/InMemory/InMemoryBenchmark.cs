using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Benchmarks.InMemory;

/// <summary>What running a definition from start to end in memory came to; the container itself is not counted.</summary>
internal sealed record InMemoryResult(string Definition, int Activities, double ActivitiesPerSecond, double BytesPerRun);

/// <summary>Activities per second on one thread, nothing stored.</summary>
internal static class InMemoryBenchmark
{
    private static readonly ActivityCatalog Catalog = new(BuiltInActivities.All, []);
    private static readonly RunEngine Engine = new(Catalog, new ExpressionEvaluator());
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static int Run(string[] args)
    {
        var results = new[]
        {
            Measure("flowchart of 7 activities", Flowchart(), 7),
            Measure("sequence of 100", Sequence(100), 100),
        };
        if (args.Contains("--json"))
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
        else
            foreach (var result in results)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Definition,-28}{result.ActivitiesPerSecond,14:N0} activities/s{result.BytesPerRun,10:N0} bytes allocated per run"));
        return 0;
    }

    private static InMemoryResult Measure(string name, PlaybookDefinition definition, int activities)
    {
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var id = Guid.CreateVersion7(now);
        var nothing = new Dictionary<string, object?>();
        Loop(300_000 / activities);
        Loop(300_000 / activities);
        var best = double.MaxValue;
        var runs = 2_000_000 / activities;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        const int Rounds = 5;
        for (var round = 0; round < Rounds; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            Loop(runs);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return new InMemoryResult(name, activities, runs * activities / best, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)(runs * Rounds));

        void Loop(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var transition = Engine.Advance(definition, RunEngine.NewRun(definition, id, Subject.None, now), new Stimulus.Started(nothing), now)!;
                if (transition.State.SubStatus != RunSubStatus.Finished)
                    throw new InvalidOperationException($"'{name}' did not finish.");
            }
        }
    }

    /// <summary>A start, a decision on a variable, a fork of two, a join and an end, with a variable set on the way.</summary>
    private static PlaybookDefinition Flowchart() => Compile("""
        {"definitionId":"seven","variables":[{"id":"v1","name":"Ready","typeName":"Boolean","value":"true"},{"id":"v2","name":"Stage","typeName":"String","value":""}],
         "root":{"id":"root","type":"Elsa.Flowchart","activities":[
          {"id":"start","type":"Elsa.Start"},
          {"id":"set","type":"Elsa.SetVariable","variable":{"id":"v2","name":"Stage"},"value":{"typeName":"Object","expression":{"type":"Literal","value":"qualified"}}},
          {"id":"ready","type":"Elsa.FlowDecision","condition":{"typeName":"Boolean","expression":{"type":"Variable","value":{"id":"v1"}}}},
          {"id":"fork","type":"Elsa.FlowFork","branches":{"typeName":"String[]","expression":{"type":"Object","value":"[\"A\",\"B\"]"}}},
          {"id":"a","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"Literal","value":"call"}}},
          {"id":"join","type":"Elsa.FlowJoin","mode":{"typeName":"String","expression":{"type":"Literal","value":"WaitAll"}}},
          {"id":"end","type":"Elsa.End"}],
          "connections":[
          {"source":{"activity":"start","port":"Done"},"target":{"activity":"set","port":"In"}},
          {"source":{"activity":"set","port":"Done"},"target":{"activity":"ready","port":"In"}},
          {"source":{"activity":"ready","port":"True"},"target":{"activity":"fork","port":"In"}},
          {"source":{"activity":"fork","port":"A"},"target":{"activity":"a","port":"In"}},
          {"source":{"activity":"fork","port":"B"},"target":{"activity":"join","port":"In"}},
          {"source":{"activity":"a","port":"Done"},"target":{"activity":"join","port":"In"}},
          {"source":{"activity":"join","port":"Done"},"target":{"activity":"end","port":"In"}}]}}
        """);

    private static PlaybookDefinition Sequence(int count)
    {
        const string Line = """{"id":"w#","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"Literal","value":"line"}}}""";
        var lines = Enumerable.Range(0, count).Select(i => Line.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return Compile("""{"definitionId":"sequence","root":{"id":"root","type":"Elsa.Sequence","activities":[""" + string.Join(",", lines) + "]}}");
    }

    private static PlaybookDefinition Compile(string json) =>
        new DefinitionCompiler(Catalog.Descriptions).Compile(Encoding.UTF8.GetBytes(json)).Definition ?? throw new InvalidOperationException("The benchmark's definition does not compile.");
}
