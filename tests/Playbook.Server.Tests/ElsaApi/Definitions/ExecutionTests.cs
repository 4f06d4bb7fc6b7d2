using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

public sealed class ExecutionTests
{
    [Fact]
    public async Task Executing_starts_a_run_and_answers_with_its_state()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);

        var (status, answer) = await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/execute", JsonNode.Parse("""{"correlationId":"deal-7","triggerActivityId":null,"versionOptions":"Latest","input":null}"""));

        Assert.Equal(HttpStatusCode.OK, status);
        Recorded.HasShapeOf(Recorded.Response("POST-workflow-definitions-definitionId-execute.json"), answer, "activityState", "payload", "FlowScope", "Variables");
        var run = (string)answer!["workflowState"]!["id"]!;
        Assert.Equal("deal-7", (string?)(await trial.Elsa($"/workflow-instances/{run}"))["correlationId"]);
    }

    [Fact]
    public async Task A_draft_on_which_a_run_was_started_stays_as_it_is_and_the_next_change_makes_a_new_version()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        var draft = await designer.Save(SavingTests.With(await designer.Open("sale"), "draft"));
        var (_, answer) = await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/execute", JsonNode.Parse("""{"versionOptions":"Latest"}"""));
        Assert.Equal((string?)draft["id"], (string?)answer!["workflowState"]!["definitionVersionId"]);

        var next = await designer.Save(SavingTests.With(draft, "after the run"));

        Assert.Equal((3, "draft"), ((int)next["version"]!, (string?)(await trial.Elsa($"/workflow-definitions/by-id/{draft["id"]}"))["description"]));
        Assert.Equal(1, (int)(await trial.Elsa($"/workflow-instances/{(string)(await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/execute", new JsonObject())).Answer!["workflowState"]!["id"]!}"))["version"]!);
    }

    [Fact]
    public async Task Input_reaches_the_run_by_body_and_by_query()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Save((JsonObject)JsonNode.Parse("""
            {"name":"Echo","inputs":[{"name":"who","type":"String"}],"root":{"id":"f","type":"Elsa.Flowchart","activities":[
              {"id":"a","type":"Elsa.SetName","value":{"typeName":"String","expression":{"type":"JavaScript","value":"getInput('who')"}}}],"connections":[]}}
            """)!, publish: true);

        var (_, posted) = await designer.Send(HttpMethod.Post, "/workflow-definitions/echo/execute", JsonNode.Parse("""{"input":{"who":"Ada"}}"""));
        var (_, got) = await designer.Send(HttpMethod.Get, "/workflow-definitions/echo/execute?input=%7B%22who%22%3A%22Bo%22%7D");

        Assert.Equal(("Ada", "Bo"), ((string?)posted!["workflowState"]!["name"], (string?)got!["workflowState"]!["name"]));
    }

    [Fact]
    public async Task Dispatching_answers_with_the_run_and_does_it_once_for_an_id()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        const string Id = "0199d1c0000070008000000000000001";

        for (var i = 0; i < 2; i++)
            Assert.Equal(Id, (string?)(await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/dispatch", new JsonObject { ["instanceId"] = Id })).Answer!["workflowInstanceId"]);
        Assert.Equal(1, (int)(await trial.Ask("/workflow-instances", new JsonObject()))["totalCount"]!);
        Assert.Equal(3, (await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/bulk-dispatch", new JsonObject { ["count"] = 3 })).Answer!["workflowInstanceIds"]!.AsArray().Count);
        Assert.Equal(4, (int)(await trial.Ask("/workflow-instances", new JsonObject()))["totalCount"]!);
    }

    [Fact]
    public async Task A_run_that_fails_is_an_incident_in_the_answer_and_no_failure_of_the_call()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "faulty", [Drawing.Fault("bad", "no such price")]));

        var (status, answer) = await new Designer(trial).Send(HttpMethod.Post, "/workflow-definitions/faulty/execute", new JsonObject());

        Assert.Equal((HttpStatusCode.OK, "Faulted"), (status, (string?)answer!["workflowState"]!["subStatus"]));
        Assert.Contains("no such price", (string?)answer["workflowState"]!["incidents"]![0]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_started_is_refused_and_nothing_begins()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Save((JsonObject)JsonNode.Parse("""{"name":"Draft","root":{"id":"f","type":"Elsa.Flowchart"}}""")!);

        foreach (var (path, body, status) in (IEnumerable<(string, string, HttpStatusCode)>)
            [
                ("none/execute", "{}", HttpStatusCode.NotFound), ("draft/execute", "{}", HttpStatusCode.NotFound), ("sale/execute", """{"input":[1]}""", HttpStatusCode.BadRequest),
                ("sale/execute", """{"triggerActivityId":"nothing"}""", HttpStatusCode.BadRequest), ("sale/execute", """{"versionOptions":"Newest"}""", HttpStatusCode.BadRequest), ("sale/execute", "[", HttpStatusCode.BadRequest),
                ("sale/dispatch", """{"instanceId":"seven"}""", HttpStatusCode.BadRequest), ("none/dispatch", "{}", HttpStatusCode.NotFound), ("sale/bulk-dispatch", """{"count":0}""", HttpStatusCode.BadRequest),
                ("sale/bulk-dispatch", """{"count":100000}""", HttpStatusCode.BadRequest), ("none/bulk-dispatch", "{}", HttpStatusCode.NotFound),
            ])
        {
            var answer = await trial.PostText($"{ElsaClient.Api}/workflow-definitions/{path}", body);
            Assert.Equal((path + body, status, "application/problem+json"), (path + body, answer.Status, answer.Type));
        }

        Assert.Equal(0, (int)(await trial.Ask("/workflow-instances", new JsonObject()))["totalCount"]!);
    }
}
