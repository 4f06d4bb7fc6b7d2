using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

public sealed class PublishingTests
{
    [Fact]
    public async Task A_draft_is_published_once_and_the_second_time_it_says_so()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Save(SavingTests.With(await designer.Open("sale"), "draft"));

        var (status, first) = await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/publish", new JsonObject());
        var (_, second) = await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/publish", new JsonObject());

        Assert.Equal((HttpStatusCode.OK, false, true), (status, (bool)first!["alreadyPublished"]!, (bool)first["workflowDefinition"]!["isPublished"]!));
        Assert.True((bool)second!["alreadyPublished"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Post, "/workflow-definitions/none/publish")).Status);
    }

    [Fact]
    public async Task A_published_definition_is_taken_back_once()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);

        var (status, answer) = await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/retract", new JsonObject());

        Assert.Equal((HttpStatusCode.OK, false), (status, (bool)answer!["isPublished"]!));
        Assert.Equal(HttpStatusCode.BadRequest, (await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/retract")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Post, "/workflow-definitions/none/retract")).Status);
    }

    [Fact]
    public async Task Many_are_published_and_those_that_cannot_be_are_named_with_the_reason()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Save((JsonObject)JsonNode.Parse("""{"name":"Good","root":{"id":"f","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"Literal","value":"x"}}}],"connections":[]}}""")!);
        await designer.Save((JsonObject)JsonNode.Parse("""{"name":"Bad","root":{"id":"f","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.Nothing"}],"connections":[]}}""")!);

        var (status, answer) = await designer.Send(HttpMethod.Post, "/bulk-actions/publish/workflow-definitions/by-definition-ids", JsonNode.Parse("""{"definitionIds":["good","bad","sale","none"]}"""));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("""["good"]""", """["bad"]""", """["sale"]""", """["none"]"""), (Json("published"), Json("failed"), Json("alreadyPublished"), Json("notFound")));
        Assert.Contains("Elsa.Nothing", (string?)answer!["warnings"]!["bad"]![0], StringComparison.Ordinal);
        var (_, back) = await designer.Send(HttpMethod.Post, "/bulk-actions/retract/workflow-definitions/by-definition-ids", JsonNode.Parse("""{"definitionIds":["good","bad","none"]}"""));
        Assert.Equal("""{"retracted":["good"],"alreadyRetracted":["bad"],"skipped":[],"notPublished":["bad"],"notFound":["none"]}""", back!.ToJsonString());

        string Json(string member) => answer![member]!.ToJsonString();
    }
}
