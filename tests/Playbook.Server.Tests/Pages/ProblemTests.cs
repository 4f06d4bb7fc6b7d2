using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Server.Pages.Designer.Problems;

namespace Playbook.Server.Tests.Pages;

public sealed class ProblemTests
{
    private static JsonObject Document() => (JsonObject)JsonNode.Parse("""
        {"root": {"id": "f", "type": "Elsa.Flowchart", "activities": [
            {"id": "call", "type": "Playbook.GuidedStep", "script": {"expression": {"type": "Literal", "value": "fist-call"}}, "metadata": {"displayText": "First call"}},
            {"id": "over", "type": "Elsa.End"}],
          "connections": [
            {"source": {"activity": "call", "port": "Intrested"}, "target": {"activity": "over", "port": "In"}},
            {"source": {"activity": "call", "port": "No"}, "target": {"activity": "gone", "port": "In"}}]}}
        """)!;

    [Fact]
    public void Errors_come_first_and_steps_have_the_names_of_the_canvas()
    {
        var problems = ProblemWords.Tell(
        [
            new("PB305", Severity.Warning, "$.root.activities[1]", "over", "'over' may wait for ever."),
            new("PB301", Severity.Error, "$.root.activities[0].script", "call", "The script 'fist-call' of 'call' does not exist.", "first-call"),
        ], Document());

        Assert.Equal(["“First call” asks for a script that is not there", "“over” may wait for ever"], problems.Select(problem => problem.Title));
        Assert.Equal("The script “fist-call” of “First call” does not exist. Did you mean “first-call”?", problems[0].Text);
    }

    [Fact]
    public void A_step_without_a_title_is_called_what_the_canvas_calls_it()
    {
        var document = JsonNode.Parse("""{"root": {"id": "f", "type": "Elsa.Flowchart", "activities": [{"id": "64668dea4cf07980", "name": "GuidedStep1", "type": "Playbook.GuidedStep"}]}}""") as JsonObject;

        var problem = ProblemWords.Tell([new("PB108", Severity.Error, "$.root.activities[0]", "64668dea4cf07980", "'64668dea4cf07980' is connected to nothing.")], document)[0];

        Assert.Equal(("“GuidedStep1” is connected to nothing", "“GuidedStep1” is connected to nothing."), (problem.Title, problem.Text));
    }

    [Fact]
    public void Every_code_has_words_of_its_own()
    {
        var codes = typeof(DiagnosticCodes).GetFields().Select(field => (string)field.GetValue(null)!).ToList();

        Assert.All(codes, code => Assert.DoesNotContain("has a problem", ProblemWords.Tell([new(code, Severity.Error, "$", "call", "x")], Document())[0].Title, StringComparison.Ordinal));
        Assert.NotEmpty(codes);
    }

    [Fact]
    public void A_misspelt_script_is_mended_where_it_stands()
    {
        var document = Document();
        var fix = QuickFix.For(new(DiagnosticCodes.ScriptNotFound, Severity.Error, "$.root.activities[0].script", "call", "x", "first-call"))!;

        Assert.True(fix.Apply(document));
        Assert.Equal("first-call", (string?)document["root"]!["activities"]![0]!["script"]!["expression"]!["value"]);
    }

    [Fact]
    public void A_connection_to_nowhere_is_taken_out_and_the_others_stay()
    {
        var document = Document();
        var fix = QuickFix.For(new(DiagnosticCodes.DanglingConnection, Severity.Error, "$.root.connections[1].target", "gone", "x"))!;

        Assert.True(fix.Apply(document));
        Assert.Equal("Intrested", (string?)Assert.Single((JsonArray)document["root"]!["connections"]!)!["source"]!["port"]);
    }

    [Fact]
    public void A_connection_from_a_misspelt_outcome_is_moved_to_the_right_one()
    {
        var document = Document();
        var fix = QuickFix.For(new(DiagnosticCodes.UnknownPort, Severity.Error, "$.root.activities[0]", "call", "A connection leaves 'call' through the port 'Intrested', which it does not have.", "Interested"))!;

        Assert.True(fix.Apply(document));
        Assert.Equal("Interested", (string?)document["root"]!["connections"]![0]!["source"]!["port"]);
        Assert.Equal("No", (string?)document["root"]!["connections"]![1]!["source"]!["port"]);
    }

    [Theory]
    [InlineData("$.root.activities[7].script")]
    [InlineData("$.nowhere")]
    [InlineData("$")]
    [InlineData("")]
    public void A_mend_that_no_longer_fits_changes_nothing(string path)
    {
        var document = Document();
        var fix = QuickFix.For(new(DiagnosticCodes.ScriptNotFound, Severity.Error, path, "call", "x", "first-call"))!;

        Assert.False(fix.Apply(document));
        Assert.True(JsonNode.DeepEquals(Document(), document));
    }

    [Fact]
    public void Where_a_person_has_to_think_there_is_no_quick_mend() =>
        Assert.Null(QuickFix.For(new(DiagnosticCodes.OutcomeLeadsNowhere, Severity.Warning, "$.root.activities[0]", "call", "x")));
}
