using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

public sealed class FileTests
{
    [Fact]
    public async Task One_definition_is_a_JSON_file_and_several_are_a_zip_that_can_be_taken_in_elsewhere()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            Drawn.Sale(folder);
            Drawn.Loops(folder);
        });
        using var one = await trial.Http.GetAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/sale/export?versionOptions=Latest&includeConsumingWorkflows=False", UriKind.Relative));
        Assert.Equal(("application/json", "workflow-definition-sale-v1.json"), (one.Content.Headers.ContentType?.MediaType, one.Content.Headers.ContentDisposition?.FileName));
        var ids = (await trial.Elsa("/workflow-definitions"))["items"]!.AsArray().Select(item => (JsonNode)(string)item!["id"]!);
        using var many = await trial.Http.PostAsync(new Uri($"{ElsaClient.Api}/bulk-actions/export/workflow-definitions", UriKind.Relative), Json(new JsonObject { ["ids"] = new JsonArray([.. ids]) }));
        Assert.Equal("application/zip", many.Content.Headers.ContentType?.MediaType);
        var zip = await many.Content.ReadAsByteArrayAsync();

        await using var other = await TrialServer.Start(folder => Drawing.Write(folder, "mine", [Drawing.Line("a", "x")]));
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(zip);
        content.Headers.ContentType = new("application/zip");
        form.Add(content, "files", "definitions.zip");
        using var taken = await other.Http.PostAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/import-files", UriKind.Relative), form);

        Assert.Equal("""{"count":2}""", await taken.Content.ReadAsStringAsync());
        Assert.Equal(["loops", "mine", "sale"], (await other.Elsa("/workflow-definitions"))["items"]!.AsArray().Select(item => (string?)item!["definitionId"]));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), await trial.Status(HttpMethod.Get, "/workflow-definitions/none/export"));
        Assert.Equal(HttpStatusCode.NoContent, (await trial.Status(HttpMethod.Post, "/bulk-actions/export/workflow-definitions")).Status);
    }

    [Fact]
    public async Task Playbooks_that_start_one_another_are_exported_together_where_asked()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Save((JsonObject)JsonNode.Parse("""{"name":"Caller","root":{"id":"f","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Playbook.StartPlaybook","playbook":{"typeName":"String","expression":{"type":"Literal","value":"sale"}}}],"connections":[]}}""")!);
        await designer.Save((JsonObject)JsonNode.Parse("""{"name":"Outer","root":{"id":"f","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.ExecuteWorkflow","workflowDefinitionId":{"typeName":"String","expression":{"type":"Literal","value":"caller"}}}],"connections":[]}}""")!);

        Assert.Equal("""{"consumingWorkflowDefinitionIds":["caller","outer"]}""", (await trial.Elsa("/workflow-definitions/sale/consumers")).ToJsonString());
        Assert.Equal("""{"affectedWorkflows":[]}""", (await designer.Send(HttpMethod.Post, "/workflow-definitions/sale/update-references", new JsonObject())).Answer!.ToJsonString());
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), await trial.Status(HttpMethod.Get, "/workflow-definitions/none/consumers"));
        using var zip = new ZipArchive(new MemoryStream(await trial.Http.GetByteArrayAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/sale/export?includeConsumingWorkflows=True", UriKind.Relative))));
        Assert.Equal(["workflow-definition-caller-v1.json", "workflow-definition-outer-v1.json", "workflow-definition-sale-v1.json"], zip.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public async Task A_document_is_kept_letter_by_letter_and_one_without_an_id_gets_one()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        const string Document = """{ "name":"Spring  offer", "definitionId" : "spring","root": {"id":"f","type":"Elsa.Flowchart"} , "n":1.50}""";

        Assert.Equal(HttpStatusCode.OK, (await trial.PostText(ElsaClient.Api + "/workflow-definitions/import", Document)).Status);
        using var unnamed = await trial.Http.PutAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/import", UriKind.Relative), Json(JsonNode.Parse("""{"name":"Autumn offer","root":{"id":"f","type":"Elsa.Flowchart"}}""")!));

        Assert.Equal((HttpStatusCode.Created, "/elsa/api/workflow-definitions/by-definition-id/autumn-offer"), (unnamed.StatusCode, unnamed.Headers.Location?.ToString()));
        Assert.Contains("\"n\": 1.50", await trial.Http.GetStringAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/spring/export", UriKind.Relative)), StringComparison.Ordinal);
        using var renamed = await trial.Http.PutAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/winter/import", UriKind.Relative), Json(JsonNode.Parse(Document)!));
        Assert.Equal("winter", (string?)JsonNode.Parse(await renamed.Content.ReadAsStringAsync())!["definitionId"]);
    }

    [Fact]
    public async Task Of_several_files_the_good_ones_are_taken_in_and_the_bad_ones_are_named()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        using var form = new MultipartFormDataContent
        {
            { File("""{"definitionId":"good","name":"Good","root":{"id":"f","type":"Elsa.Flowchart"}}""", "application/json"), "files", "good.json" },
            { File("""{"definitionId":"bad"}""", "application/json"), "files", "bad.json" },
            { File("hello", "application/json"), "files", "hello.json" },
        };

        using var answer = await trial.Http.PostAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/import-files", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, (int)problem!["count"]!);
        Assert.Contains("bad.json: The definition has no name", Designer.Said(problem), StringComparison.Ordinal);
        Assert.Contains("hello.json: This is not valid JSON", Designer.Said(problem), StringComparison.Ordinal);
        Assert.Equal("Good", (string?)(await trial.Elsa("/workflow-definitions/good"))["name"]);
    }

    [Fact]
    public async Task What_is_no_file_of_definitions_is_refused()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        using var broken = new MultipartFormDataContent { { File("no zip", "application/zip"), "files", "x.zip" } };
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "name" } };

        using var first = await trial.Http.PostAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/import-files", UriKind.Relative), broken);
        using var second = await trial.Http.PostAsync(new Uri($"{ElsaClient.Api}/workflow-definitions/import-files", UriKind.Relative), empty);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (first.StatusCode, second.StatusCode));
        Assert.Contains("x.zip is no zip", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await trial.PostText(ElsaClient.Api + "/workflow-definitions/import-files", "{}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await trial.PostText(ElsaClient.Api + "/workflow-definitions/import", "[]")).Status);
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static ByteArrayContent File(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new(type);
        return content;
    }
}
