using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Checks;
using Playbook.Engine.Tests.Runs;

namespace Playbook.Engine.Tests.Definitions;

/// <summary>Any bytes give a definition or diagnostics, never an exception.</summary>
public sealed class AnyInputProperties
{
    private const int Seeds = 1_000_000;

    private static CompileResult Try(byte[] bytes)
    {
        var types = TestRun.Catalog.Descriptions;
        var result = new DefinitionCompiler(types).Compile(bytes);
        Assert.True(result.Definition is not null || result.HasErrors && result.Diagnostics.Count > 0);
        var known = new KnownNames { Scripts = new Dictionary<string, string>(), Roles = new HashSet<string>(), Channels = new HashSet<string>(), Playbooks = new HashSet<string>() };
        Assert.All(DefinitionChecker.Check(result, types, known), d => Assert.False(string.IsNullOrEmpty(d.Message) || string.IsNullOrEmpty(d.Path)));
        // What compiles can be started and written, too, whatever stands in it.
        if (result.Definition is { } definition && definition.Nodes.Count < 200)
            definition.Document.Write();
        return result;
    }

    private static Diagnostic Only(byte[] bytes) => Assert.Single(Try(bytes).Diagnostics);

    [Property(MaxTest = 500)]
    public void Any_bytes_give_diagnostics(byte[] bytes) => Try(bytes);

    [Property(MaxTest = 300)]
    public void Any_text_within_a_definition_gives_a_definition_or_diagnostics(string a, string b) => Try(new DefinitionBuilder(
        Draw.Flow(a ?? "", [Draw.LineJs(b ?? "", a ?? ""), Draw.Activity(b ?? "", a ?? ""), Draw.Activity("Elsa.WriteLine", "x", ("text", Draw.Liquid(b)))], "x>y")).Variable(a ?? "", b ?? "", a).Bytes);

    [Property(MaxTest = 300, StartSize = 1, EndSize = Seeds)]
    public void Any_mutated_definition_gives_a_definition_or_diagnostics(int seed)
    {
        var random = new Random(seed);
        var json = new RandomDefinition(seed).Make().Json;
        for (var i = random.Next(1, 6); i > 0; i--)
            Mutation.Spoil(json, random);
        Try(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    [Property(MaxTest = 300, StartSize = 1, EndSize = Seeds)]
    public void Any_definition_with_damaged_bytes_gives_a_definition_or_diagnostics(int seed)
    {
        var random = new Random(seed);
        var bytes = new RandomDefinition(seed).Make().Bytes;
        for (var i = random.Next(1, 6); i > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        Try(bytes);
    }

    [Theory]
    [InlineData("", "PB001")]
    [InlineData("{", "PB001")]
    [InlineData("null", "PB004")]
    [InlineData("[]", "PB004")]
    [InlineData("7", "PB004")]
    [InlineData("{}", "PB005")]
    [InlineData("{\"root\":7}", "PB005")]
    [InlineData("{\"a\":1,\"a\":2}", "PB001")]
    [InlineData("{\"root\":{\"type\":\"Elsa.Start\",\"type\":\"Elsa.End\"}}", "PB001")]
    [InlineData("{\"root\":{}}", "PB004")]
    [InlineData("{\"root\":{\"type\":7}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.Start\"}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.Flowchart\",\"activities\":{}}}", "PB004")]
    [InlineData("{\"root\":{\"type\":\"Elsa.Flowchart\",\"activities\":[7]}}", "PB004")]
    [InlineData("{\"root\":{\"type\":\"Elsa.Flowchart\",\"activities\":[],\"connections\":[1,2]}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.Flowchart\",\"activities\":[],\"connections\":7}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.Sequence\",\"activities\":[{\"id\":7,\"type\":\"Elsa.Start\"},{\"id\":7,\"type\":\"Elsa.Start\"}]}}", "PB006")]
    [InlineData("{\"root\":{\"type\":\"Elsa.Switch\",\"cases\":{\"a\":1}}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.If\",\"then\":[],\"condition\":[]}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.WriteLine\",\"text\":{\"expression\":7}}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.WriteLine\",\"text\":{\"expression\":{\"type\":{},\"value\":[]}}}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.Delay\",\"timeSpan\":1e999}}", null)]
    [InlineData("{\"variables\":{},\"inputs\":7,\"outputs\":\"x\",\"outcomes\":{},\"options\":[],\"customProperties\":1,\"root\":{\"type\":\"Elsa.Start\"}}", null)]
    [InlineData("{\"variables\":[7,null,{\"name\":[]}],\"version\":1.5,\"root\":{\"type\":\"Elsa.Start\",\"variables\":[{}],\"customProperties\":{\"canStartWorkflow\":{}}}}", null)]
    [InlineData("{\"root\":{\"type\":\"Elsa.Start\",\"id\":\"\\ud800\"}}", "PB001")]
    [InlineData("{\"root\":{\"type\":\"Elsa.Start\",\"\\ud800\":1}}", "PB001")]
    public void A_wrong_shape_is_a_diagnostic_or_read_over(string json, string? code)
    {
        var result = Try(Encoding.UTF8.GetBytes(json));
        if (code is null)
            Assert.NotNull(result.Definition);
        else
            Assert.Equal(code, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Broken_UTF8_in_a_text_is_a_diagnostic() => Assert.Equal(DiagnosticCodes.NotJson, Only([.. "{\"root\":{\"type\":\"Elsa.Start\",\"id\":\""u8, 0xC3, 0x28, .. "\"}}"u8]).Code);

    [Fact]
    public void Fifty_megabytes_are_refused_by_their_size()
    {
        var problem = Only(Encoding.UTF8.GetBytes("{\"root\":\"" + new string('x', 50 * 1024 * 1024) + "\"}"));
        Assert.Equal(DiagnosticCodes.TooLarge, problem.Code);
        Assert.Contains("50.0 MB", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_levels_of_nesting_are_refused_by_their_depth()
    {
        var deep = new StringBuilder("{\"root\":");
        for (var i = 0; i < 10_000; i++)
            deep.Append("{\"type\":\"Elsa.While\",\"body\":");
        Assert.Equal(DiagnosticCodes.TooDeep, Only(Encoding.UTF8.GetBytes(deep.Append("{}").Append('}', 10_001).ToString())).Code);
    }

    [Fact]
    public void Activities_nested_deeper_than_a_playbook_can_be_are_an_error()
    {
        var activity = Draw.Line("innermost");
        for (var i = 0; i < 110; i++)
            activity = Draw.Activity("Elsa.While", $"w{i}", ("body", activity));
        Assert.Contains(Try(new DefinitionBuilder(activity).Bytes).Diagnostics, d => d.Code == DiagnosticCodes.TooDeep);
    }

    [Fact]
    public void A_type_of_lists_of_lists_without_end_does_not_exhaust_the_stack()
    {
        var type = "Int32" + string.Concat(Enumerable.Repeat("[]", 500_000));
        var definition = new DefinitionBuilder(Draw.Line("a")).Variable("v", type, "1").Compile();
        Assert.Equal(Engine.Runs.RunSubStatus.Finished, TestRun.Engine.Advance(
            definition, Engine.Runs.RunEngine.NewRun(definition, Guid.Empty, Abstractions.Subject.None, TestRun.Noon), new Abstractions.Stimulus.Started(new Dictionary<string, object?>()), TestRun.Noon)!.State.SubStatus);
    }

    [Fact]
    public void A_definition_as_large_as_can_be_read_is_compiled_and_checked_in_reasonable_time()
    {
        var watch = Stopwatch.StartNew();
        var activities = Enumerable.Range(0, 5_000).Select(i => Draw.Line($"activity{i}")).ToArray();
        var connections = Enumerable.Range(0, 4_999).Select(i => $"activity{i}>activity{i + 1}").Concat(Enumerable.Range(0, 3_000).Select(i => $"activity{i}:Gone{i}>nobody{i}"));
        Assert.Contains(Try(new DefinitionBuilder(Draw.Flow("f", activities, [.. connections])).Bytes).Diagnostics, d => d.Code == DiagnosticCodes.DanglingConnection);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }
}
