using System.Net;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Features;

public sealed class FeatureTests
{
    [Fact]
    public async Task What_is_there_is_listed_and_nothing_else()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var features = await trial.Elsa("/features/installed");

        Recorded.HasShapeOf(Recorded.Response("GET-features-installed.json"), features);
        var names = features["items"]!.AsArray().Select(feature => (string?)feature!["fullName"]).ToList();
        Assert.Contains("Elsa.RealTimeWorkflowUpdates", names);
        Assert.DoesNotContain(names, name => name is "Elsa.Resilience" or "Elsa.Alterations" or "Elsa.Secrets" or "Elsa.Shells" or "Elsa.ExternalAuthentication");
        Assert.Equal("Scriban", (string?)(await trial.Elsa("/features/installed/Elsa.Scriban"))["name"]);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), await trial.Status(HttpMethod.Get, "/features/installed/Elsa.Resilience"));
    }

    [Fact]
    public async Task What_clients_ask_for_whatever_is_installed_is_answered()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        Assert.Matches(@"^\d+\.\d+", (string?)(await trial.Elsa("/package/version"))["packageVersion"]);
        Assert.Equal("""{"items":[],"count":0}""", (await trial.Elsa("/resilience/strategies?category=HTTP")).ToJsonString());
        Assert.Equal("""{"items":[],"count":0}""", (await trial.Elsa("/workflow-contexts/provider-descriptors")).ToJsonString());
        Assert.Equal("""{"items":[],"totalCount":0}""", (await trial.Elsa("/resilience/retries/1")).ToJsonString());
    }
}
