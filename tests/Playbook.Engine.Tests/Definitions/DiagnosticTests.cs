using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Checks;

namespace Playbook.Engine.Tests.Definitions;

/// <summary>One test per code: where it points, whom it names, what it suggests.</summary>
public sealed class DiagnosticTests
{
    private static readonly KnownNames Known = new()
    {
        Scripts = new Dictionary<string, string> { ["first-call.en"] = "Hello {{ contact.first_name ?? \"there\" }}." },
        Roles = new HashSet<string> { "closer", "prospector" },
        Channels = new HashSet<string> { "email", "phone" },
        Playbooks = new HashSet<string> { "renewal", "upsell" },
    };

    private static IReadOnlyList<Diagnostic> Check(DefinitionBuilder definition, KnownNames? known = null)
    {
        var types = TestRun.Catalog.Descriptions.Concat(Steps.Descriptions).ToDictionary();
        return DefinitionChecker.Check(new DefinitionCompiler(types).Compile(definition.Bytes), types, known ?? Known);
    }

    private static void Finds(DefinitionBuilder definition, string code, string path, string? activity, string? suggestion = null, Severity severity = Severity.Error, KnownNames? known = null)
    {
        var found = Check(definition, known);
        Assert.Equal($"{severity} {code} {path} {activity} {suggestion}", string.Join("\n", found.Select(d => $"{d.Severity} {d.Code} {d.Path} {d.ActivityId} {d.Suggestion}")));
        Assert.All(found, d => Assert.True(d.Message.Length > 20 && d.Message[^1] is '.' or '?' or ')', d.Message));
    }

    private static DefinitionBuilder Flow(JsonObject[] activities, params string[] connections) => new DefinitionBuilder(Draw.Flow("f", activities, connections)).Variable("amount", "Int32", "1").Input("lead", "String");

    [Fact]
    public void A_clean_playbook_has_none() => Assert.Empty(Check(Flow(
        [Draw.Activity("Elsa.Start", "start"), Draw.Activity(Steps.Human, "call", ("role", Draw.Literal("closer")), ("script", Draw.Literal("first-call"))), Draw.Decision("big", "getAmount() > 10"), Draw.LineJs("yes", "getInput('lead')"), Draw.Line("no"), Draw.Activity("Elsa.End", "end")],
        "start>call", "call>big", "big:True>yes", "big:False>no", "yes>end", "no>end")));

    [Fact]
    public void Text_that_is_no_JSON_PB001() => Assert.Equal(("PB001", "$"), Document("{ nonsense"));

    [Fact]
    public void A_document_that_is_too_large_PB002() => Assert.Equal(("PB002", "$"), Document(new string(' ', WorkflowDocument.MaxBytes + 1)));

    [Fact]
    public void A_document_that_is_too_deep_PB003() => Assert.Equal(("PB003", "$"), Document(new string('[', 300)));

    private static (string Code, string Path) Document(string text)
    {
        WorkflowDocument.Read(System.Text.Encoding.UTF8.GetBytes(text), out var problem);
        return (problem!.Code, problem.Path);
    }

    [Fact]
    public void A_member_of_the_wrong_shape_PB004() => Finds(new(Draw.Flow("f", []).With("activities", "none")), "PB004", "$.root.activities", "f");

    [Fact]
    public void No_root_PB005()
    {
        var definition = new DefinitionBuilder(Draw.Line("a"));
        definition.Json.Remove("root");
        Finds(definition, "PB005", "$.root", null);
    }

    [Fact]
    public void Two_activities_with_one_id_PB006() => Finds(Flow([Draw.Line("a"), Draw.Line("a")]), "PB006", "$.root.activities[1].id", "a");

    [Fact]
    public void An_unknown_activity_type_PB101() =>
        Finds(Flow([Draw.Activity("Elsa.WriteLin", "a")]), "PB101", "$.root.activities[0].type", "a", "Elsa.WriteLine");

    [Fact]
    public void A_connection_to_nothing_PB102() =>
        Finds(Flow([Draw.Line("first"), Draw.Line("second")], "first>second", "first>secnd"), "PB102", "$.root.connections[1].target", "secnd", "second");

    [Fact]
    public void Activities_that_no_path_reaches_PB103() => Finds(
        Flow([Draw.Activity("Elsa.Start", "start"), Draw.Line("a"), Draw.Line("b")], "a>b"), "PB103");

    private static void Finds(DefinitionBuilder definition, string code)
    {
        var found = Check(definition);
        Assert.Equal([("a", "$.root.activities[1]"), ("b", "$.root.activities[2]")], found.Where(d => d.Code == code).Select(d => (d.ActivityId!, d.Path)));
    }

    [Fact]
    public void An_outcome_that_leads_nowhere_PB104() =>
        Finds(Flow([Draw.Decision("d", "true"), Draw.Line("a")], "d:True>a"), "PB104", "$.root.activities[0]", "d", severity: Severity.Warning);

    [Fact]
    public void A_cycle_without_a_wait_PB105() =>
        Finds(Flow([Draw.Activity("Elsa.Start", "s"), Draw.Line("a"), Draw.Line("b")], "s>a", "a>b", "b>a"), "PB105", "$.root.activities[1]", "a");

    [Fact]
    public void A_cycle_with_a_wait_in_it_is_fine() =>
        Assert.Empty(Check(Flow([Draw.Activity("Elsa.Start", "s"), Draw.Line("a"), Draw.Delay("b")], "s>a", "a>b", "b>a")));

    [Fact]
    public void A_way_back_that_is_no_loop_PB106() => Finds(
        Flow([Draw.Fork("s", "A", "B"), Draw.Line("a"), Draw.Delay("b"), Draw.Delay("c")], "s:A>a", "s:B>c", "a>b", "c>b", "b>a"), "PB106", "$.root.activities[2]", "b");

    [Fact]
    public void A_port_that_the_activity_does_not_have_PB107() => Assert.Contains(
        Check(Flow([Draw.Decision("d", "true"), Draw.Line("a"), Draw.Line("b"), Draw.Line("c")], "d:True>a", "d:False>b", "d:Flase>c")),
        d => d is { Code: "PB107", Path: "$.root.activities[0]", ActivityId: "d", Suggestion: "False", Severity: Severity.Error });

    [Fact]
    public void An_activity_connected_to_nothing_PB108() =>
        Finds(Flow([Draw.Line("a"), Draw.Line("b"), Draw.Line("lost")], "a>b"), "PB108", "$.root.activities[2]", "lost");

    [Fact]
    public void A_value_of_the_wrong_type_PB201() => Finds(new(Draw.Delay("d", "soon")), "PB201", "$.root.timeSpan", "d");

    [Fact]
    public void A_value_that_is_none_of_the_options_PB201_with_a_suggestion() => Finds(new(Draw.Join("j", "WaitAl")), "PB201", "$.root.mode", "j", "WaitAll");

    [Fact]
    public void A_required_input_without_a_value_PB202() =>
        Finds(new(Draw.Activity("Elsa.PublishEvent", "p")), "PB202", "$.root.eventName", "p");

    [Fact]
    public void An_input_that_the_activity_does_not_take_PB203() =>
        Finds(new(Draw.Line("a").With("txet", Draw.Literal("x"))), "PB203", "$.root.txet", "a", "text", Severity.Warning);

    [Fact]
    public void A_variable_that_nobody_declares_PB204() =>
        Finds(Flow([Draw.LineJs("a", "getAmuont()")]), "PB204", "$.root.activities[0].text", "a", "getAmount");

    [Fact]
    public void A_variable_to_set_that_nobody_declares_PB204() =>
        Finds(Flow([Draw.Set("s", "amuont", Draw.Literal(1))]), "PB204", "$.root.activities[0].variable", "s", "amount");

    [Fact]
    public void An_expression_that_cannot_be_parsed_PB205() => Finds(new(Draw.LineJs("a", "((")), "PB205", "$.root.text", "a");

    [Fact]
    public void A_broken_condition_of_a_case_PB205()
    {
        var bad = new JsonObject { ["label"] = "x", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "((" } };
        Finds(new(Draw.Activity("Elsa.Switch", "s", ("cases", new JsonArray(bad)))), "PB205", "$.root.cases[0].condition", "s");
    }

    [Fact]
    public void An_expression_in_Csharp_PB206() => Finds(new(Draw.Activity("Elsa.WriteLine", "a", ("text", Draw.Input("CSharp", "1+1")))), "PB206", "$.root.text", "a");

    [Fact]
    public void A_script_that_is_not_beside_the_playbook_PB301() =>
        Finds(new(Draw.Activity(Steps.Human, "c", ("role", Draw.Literal("closer")), ("script", Draw.Literal("first-cal")))), "PB301", "$.root.script", "c", "first-call");

    [Fact]
    public void A_script_with_an_unknown_member_PB302() => Finds(
        new(Draw.Line("a")), "PB302", "scripts/bye.en.sbn:2", null, "contact.first_name", known: new KnownNames { Scripts = new Dictionary<string, string> { ["bye.en"] = "Dear\n{{ contact.first_nam }}" } });

    [Theory]
    [InlineData("role", "closr", "closer")]
    [InlineData("channel", "emial", "email")]
    [InlineData("playbook", "renewl", "renewal")]
    public void A_name_that_nobody_knows_PB303(string input, string name, string suggestion)
    {
        var step = Draw.Activity(Steps.Human, "c", ("role", Draw.Literal("closer")));
        Finds(new(step.With(input, Draw.Literal(name))), "PB303", "$.root." + input, "c", suggestion);
    }

    [Fact]
    public void A_human_step_without_a_role_PB304() => Finds(new(Draw.Activity(Steps.Human, "c")), "PB304", "$.root.role", "c");

    [Fact]
    public void A_wait_without_a_limit_PB305() => Finds(new(Draw.Event("e")), "PB305", "$.root", "e", severity: Severity.Warning);

    [Fact]
    public void Every_code_has_a_test()
    {
        var tests = typeof(DiagnosticTests).GetMethods().Select(m => m.Name).ToList();
        Assert.All(typeof(DiagnosticCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!), code => Assert.Contains(tests, t => t.Contains(code, StringComparison.Ordinal)));
    }
}
