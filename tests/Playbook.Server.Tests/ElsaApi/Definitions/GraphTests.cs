using System.Net;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

public sealed class GraphTests
{
    [Fact]
    public async Task A_part_of_a_drawing_is_an_activity_with_all_that_is_in_it()
    {
        await using var trial = await TrialServer.Start(Drawn.Loops);
        var id = (string)(await trial.Elsa("/workflow-definitions/by-definition-id/loops"))["id"]!;

        var part = await trial.Elsa($"/workflow-definitions/subgraph/{id}?parentNodeId=Workflow1:Flowchart1:two");

        Assert.Equal(("Workflow1:Flowchart1:two", "Activities", "Workflow1:Flowchart1:two:body"), ((string?)part["nodeId"], (string?)part["port"], (string?)part["activity"]!["body"]!["nodeId"]));
        Assert.Equal(("Workflow1", "Elsa.Workflow"), ((string?)(await trial.Elsa($"/workflow-definitions/subgraph/{id}"))["nodeId"], (string?)(await trial.Elsa($"/workflow-definitions/subgraph/{id}?parentNodeId=x"))["activity"]!["type"]));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), await trial.Status(HttpMethod.Get, "/workflow-definitions/subgraph/none"));
    }

    [Fact]
    public async Task The_way_to_an_activity_leads_over_those_that_hold_it()
    {
        await using var trial = await TrialServer.Start(Drawn.Loops);
        var id = (string)(await trial.Elsa("/workflow-definitions/by-definition-id/loops"))["id"]!;

        var way = await trial.Elsa($"/workflow-definitions/subgraph/segments/{id}?childNodeId=Workflow1:Flowchart1:two:body");

        Assert.Equal("Workflow1:Flowchart1:two:body", (string?)way["childNode"]!["nodeId"]);
        Assert.Equal("Workflow1:Flowchart1:two", (string?)way["container"]!["nodeId"]);
        Assert.Equal("""[{"activityNodeId":"Workflow1:Flowchart1:two","activityId":"two","activityType":"Elsa.For","portName":"Body","activityName":"two"}]""", way["pathSegments"]!.ToJsonString());
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), await trial.Status(HttpMethod.Get, $"/workflow-definitions/subgraph/segments/{id}?childNodeId=nothing"));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), await trial.Status(HttpMethod.Get, "/workflow-definitions/subgraph/segments/none?childNodeId=x"));
    }
}
