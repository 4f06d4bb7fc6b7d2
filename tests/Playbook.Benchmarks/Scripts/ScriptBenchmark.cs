using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Benchmarks.Scripts;

/// <summary>Renders per second of a cached script of about 1.7 KB on one thread, strictly, as a message is rendered.</summary>
internal static class ScriptBenchmark
{
    private static readonly string Script = "Subject: {{ account.name }} and us\n\n" + string.Concat(Enumerable.Range(0, 4).Select(i => $$$"""
        Hi {{ contact.first_name ?? "there" }}, this is {{ rep.first_name }} from {{ rep.company }}.
        {{ if account.employees > 100 }}With {{ account.employees }} people at {{ account.name }}, part {{{i}}} usually pays first.{{ else }}For a small team part {{{i}}} pays first.{{ end }}
        How do you do it today? {{ current_solution ?? "We would like to hear" }}. That is all for now, and thank you.

        """)) + """
        Your questions are welcome at any time. We keep your address only as long as you like, and a word is enough to be left in peace for good. With kind regards, and with thanks for your time.
        """;

    internal static void Run(string[] args)
    {
        var catalog = new ActivityCatalog(BuiltInActivities.All, []);
        var definition = new DefinitionCompiler(catalog.Descriptions).Compile(Encoding.UTF8.GetBytes("""
            {"definitionId":"script","variables":[{"id":"v1","name":"current_solution","typeName":"String","value":"Excel and e-mail"}],"root":{"id":"root","type":"Elsa.Sequence","activities":[]}}
            """)).Definition!;
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var subject = new Subject("contact", "c-1", new Dictionary<string, object?>
        {
            ["contact"] = new Dictionary<string, object?> { ["first_name"] = "Anne", ["name"] = "Anne Holm" },
            ["account"] = new Dictionary<string, object?> { ["name"] = "Nordlys Industri", ["employees"] = 120L },
            ["rep"] = new Dictionary<string, object?> { ["first_name"] = "Mads", ["company"] = "Sales House" },
        });
        var engine = new RunEngine(catalog, new ExpressionEvaluator());
        var state = engine.Advance(definition, RunEngine.NewRun(definition, Guid.CreateVersion7(now), subject, now), new Stimulus.Started(new Dictionary<string, object?>()), now)!.State;
        var scope = RunScope.Of(definition, state, now);
        var templates = new ScriptTemplates();
        Loop(2_000);
        Loop(2_000);
        const int Renders = 20_000;
        var best = double.MaxValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 5; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            Loop(Renders);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        var perSecond = Renders / best;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (5.0 * Renders);
        Console.WriteLine(args.Contains("--json")
            ? JsonSerializer.Serialize(new { script = Script.Length, rendersPerSecond = perSecond, bytesPerRender = bytes })
            : string.Create(CultureInfo.InvariantCulture, $"script of {Script.Length:N0} characters{perSecond,14:N0} renders/s   {bytes,10:N0} bytes allocated per render"));

        void Loop(int count)
        {
            for (var i = 0; i < count; i++)
                templates.RenderStrict(Script, scope);
        }
    }
}
