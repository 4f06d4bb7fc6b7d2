using Playbook.Sales.Scenarios;
using Playbook.Sales.Tests.Playbooks;

namespace Playbook.Sales.Tests.Scenarios;

public sealed class ScenarioCheckTests
{
    public static TheoryData<string> Slugs => [.. ShippedPlaybooks.Slugs];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Nothing_is_said_of_the_shipped_scenarios(string slug)
    {
        var shipped = ShippedPlaybooks.Get(slug);
        foreach (var text in ShippedPlaybooks.ScenarioTexts(slug))
            Assert.Empty(ScenarioCheck.Problems(text, shipped.Definition, shipped.Scripts.Keys).Select(problem => $"{problem}: {text[..60]}"));
    }

    [Theory]
    [InlineData("{\n  \"name\": \"x\",\n  oops\n}", 3, "This is no JSON")]
    [InlineData("{\n\"then\": [{\"status\": \"Finished\"}] }", 1, "Give the scenario a name")]
    [InlineData("{ \"name\": \"x\",\n\"steps\": [] }", 1, "expects nothing")]
    [InlineData("{ \"name\": \"x\", \"steps\": [\n{ \"do\": \"complet\" }], \"then\": [{\"status\": \"Finished\"}] }", 2, "did you mean 'complete'")]
    [InlineData("{ \"name\": \"x\", \"steps\": [\n{ \"do\": \"complete\",\n \"activity\": \"reserch\" }], \"then\": [{\"status\": \"Finished\"}] }", 3, "did you mean 'research'")]
    [InlineData("{ \"name\": \"x\", \"steps\": [\n{ \"do\": \"complete\", \"activity\": \"research\",\n \"outcome\": \"Redy\" }], \"then\": [{\"status\": \"Finished\"}] }", 3, "did you mean 'Ready'")]
    [InlineData("{ \"name\": \"x\", \"steps\": [{ \"do\": \"wait\", \"for\": \"three days\" }], \"then\": [{\"status\": \"Finished\"}] }", 1, "write 3 days as 3.00:00:00")]
    [InlineData("{ \"name\": \"x\", \"then\": [\n{\"sent\": {\n\"script\": \"intro-mial\"}}] }", 3, "did you mean 'intro-mail'")]
    [InlineData("{ \"name\": \"x\", \"then\": [\n{\"stauts\": \"Finished\"}] }", 2, "did you mean 'status'")]
    [InlineData("{ \"name\": \"x\", \"given\": {\n\"contact\": {\n\"frist_name\": \"Ada\" } }, \"then\": [{\"status\": \"Finished\"}] }", 3, "did you mean 'first_name'")]
    [InlineData("{ \"name\": \"x\", \"name\": \"y\" }", 1, "twice")]
    [InlineData("[]", 1, "A scenario is a JSON object")]
    public void What_is_wrong_is_said_with_its_line_and_the_cure(string json, int line, string words)
    {
        var shipped = ShippedPlaybooks.Get("lead-generation");

        var problems = ScenarioCheck.Problems(json, shipped.Definition, shipped.Scripts.Keys);

        Assert.Contains(problems, problem => problem.Line == line && problem.Message.Contains(words, StringComparison.Ordinal));
    }
}
