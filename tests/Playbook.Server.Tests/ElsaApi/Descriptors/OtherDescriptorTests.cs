using System.Net;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Descriptors;

public sealed class OtherDescriptorTests
{
    public static TheoryData<string, string> Lists => new()
    {
        { "expression-descriptors", "expression-descriptors" }, { "variables", "variables" }, { "storage-drivers", "storage-drivers" },
        { "workflow-activation-strategies", "workflow-activation-strategies" }, { "incident-strategies", "incident-strategies" }, { "log-persistence-strategies", "log-persistence-strategies" },
        { "commit-strategies/workflows", "commit-strategies-workflows" }, { "commit-strategies/activities", "commit-strategies-activities" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_of_descriptors_has_the_shape_that_a_real_Elsa_gives(string path, string file)
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        Recorded.HasShapeOf(Recorded.Response($"GET-descriptors-{file}.json"), await trial.Elsa($"/descriptors/{path}"));
    }

    [Fact]
    public async Task Scriban_is_offered_as_an_expression_and_CSharp_is_not()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var expressions = (await trial.Elsa("/descriptors/expression-descriptors"))["items"]!.AsArray();

        Assert.Equal(["Variable", "Input", "Scriban", "JavaScript", "Liquid"], expressions.Where(one => (bool)one!["isBrowsable"]!).Select(one => (string?)one!["type"]));
        Assert.Equal("liquid", (string?)expressions.Single(one => (string?)one!["type"] == "Scriban")!["properties"]!["MonacoLanguage"]);
    }

    [Fact]
    public async Task Output_converters_are_asked_for_by_two_types()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        Assert.Equal(0, (int)(await trial.Elsa("/descriptors/output-converters?sourceType=String&destinationType=Int32"))["count"]!);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), await trial.Status(HttpMethod.Get, "/descriptors/output-converters?sourceType=String"));
    }
}
