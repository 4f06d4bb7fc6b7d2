using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Instances;

public sealed class ExportTests
{
    [Fact]
    public async Task One_instance_is_a_file_of_json_with_the_parts_asked_for()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");

        using var response = await trial.Http.GetAsync($"{ElsaClient.Api}/workflow-instances/{run}/export?includeBookmarks=true&includeWorkflowExecutionLog=true");

        Assert.Equal($"workflow-instance-{run}.json", response.Content.Headers.ContentDisposition?.FileName);
        var file = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(["WorkflowState", "Bookmarks", "ActivityExecutionRecords", "WorkflowExecutionLogRecords"], file.Select(part => part.Key));
        Assert.Equal(run, (string?)file["WorkflowState"]!["id"]);
        Assert.Equal("Playbook.GuidedStep", (string?)file["Bookmarks"]![0]!["activityTypeName"]);
        Assert.Null(file["ActivityExecutionRecords"]);
        Assert.NotEmpty(file["WorkflowExecutionLogRecords"]!.AsArray());
    }

    [Fact]
    public async Task Several_instances_are_a_zip_of_files()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        string[] runs = [await trial.StartRun("sale"), await trial.StartRun("sale")];

        using var response = await trial.Http.PostAsJsonAsync($"{ElsaClient.Api}/bulk-actions/export/workflow-instances", new { ids = runs });

        Assert.Equal("workflow-instances.zip", response.Content.Headers.ContentDisposition?.FileName);
        await using var archive = new ZipArchive(await response.Content.ReadAsStreamAsync());
        Assert.Equal(runs.Select(run => $"workflow-instance-{run}.json").Order(StringComparer.Ordinal), archive.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        foreach (var entry in archive.Entries)
        {
            await using var content = await entry.OpenAsync();
            Assert.Equal("sale", (string?)JsonNode.Parse(content)!["WorkflowState"]!["definitionId"]);
        }
    }

    [Fact]
    public async Task An_export_of_nothing_is_refused()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        Assert.Equal(HttpStatusCode.BadRequest, (await trial.Post($"{ElsaClient.Api}/bulk-actions/export/workflow-instances", new JsonObject { ["ids"] = new JsonArray() })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await trial.Post($"{ElsaClient.Api}/bulk-actions/export/workflow-instances", new JsonObject { ["ids"] = new JsonArray("a", "b") })).Status);
    }
}
