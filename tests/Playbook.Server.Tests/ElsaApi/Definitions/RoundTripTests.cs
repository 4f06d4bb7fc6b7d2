using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

public sealed class RoundTripTests
{
    /// <summary>What says which version it is and when it was made; everything else must come back as it went in.</summary>
    private static readonly string[] Identity = ["id", "version", "createdAt", "isLatest", "isPublished"];

    [Fact]
    public async Task The_shipped_playbooks_opened_and_saved_unchanged_are_the_same_documents_and_stay_published()
    {
        await using var trial = await TrialServer.Start(folder => Copy(Path.Combine(Root(), "playbooks"), folder));
        var designer = new Designer(trial);
        foreach (var playbook in Shipped())
        {
            var before = await Export(trial, playbook);

            var saved = await designer.Save(await designer.Open(playbook));

            Assert.Equal((1, true), ((int)saved["version"]!, (bool)saved["isPublished"]!));
            Same(before, await Export(trial, playbook));
        }
    }

    [Fact]
    public async Task A_shipped_playbook_of_which_one_step_was_moved_differs_in_that_place_alone()
    {
        await using var trial = await TrialServer.Start(folder => Copy(Path.Combine(Root(), "playbooks"), folder));
        var designer = new Designer(trial);
        foreach (var playbook in Shipped())
        {
            var before = await Export(trial, playbook);
            var open = await designer.Open(playbook);
            Position(open)["x"] = 12345;

            var saved = await designer.Save(open);

            Assert.Equal((2, false), ((int)saved["version"]!, (bool)saved["isPublished"]!));
            var after = await Export(trial, playbook);
            Assert.Equal(12345, (int)Position(after)["x"]!);
            Position(before)["x"] = 12345;
            Same(before, after);
        }

        static JsonObject Position(JsonObject definition) => (JsonObject)definition["root"]!["activities"]![1]!["metadata"]!["designer"]!["position"]!;
    }

    [Fact]
    public async Task A_definition_that_a_real_Elsa_exported_comes_back_whole_though_its_activities_are_unknown_here()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var exported = (JsonObject)JsonNode.Parse(Recorded.File("exported-definition.json"))!;
        var designer = new Designer(trial);
        Assert.Equal(HttpStatusCode.OK, (await designer.Send(HttpMethod.Post, "/workflow-definitions/import", exported)).Status);
        Same(exported, await Export(trial, "sales-playbook"));

        var open = await designer.Open("sales-playbook");
        Assert.Equal("Elsa.NotFoundActivity", (string?)Designer.Activity(open, "qualify")["type"]);
        Assert.Equal("Acme.PlaybookStep", (string?)Designer.Activity(open, "qualify")["missingTypeName"]);
        await designer.Save(open);

        Same(exported, await Export(trial, "sales-playbook"));
    }

    [Fact]
    public async Task An_unknown_activity_that_was_moved_is_stored_where_it_is_now_and_otherwise_as_it_was()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var exported = (JsonObject)JsonNode.Parse(Recorded.File("exported-definition.json"))!;
        var designer = new Designer(trial);
        await designer.Send(HttpMethod.Post, "/workflow-definitions/import", exported);
        var open = await designer.Open("sales-playbook");
        ((JsonObject)Designer.Activity(open, "qualify")["metadata"]!["designer"]!["position"]!)["x"] = 77;

        await designer.Save(open);

        ((JsonObject)Designer.Activity(exported, "qualify")["metadata"]!["designer"]!["position"]!)["x"] = 77;
        Same(exported, await Export(trial, "sales-playbook"));
    }

    [Fact]
    public async Task What_a_client_does_not_know_stays_when_it_changes_something_else()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var document = (JsonObject)JsonNode.Parse("""
            {"$schema":"https://example.com/s","definitionId":"odd","name":"Odd","x-team":{"a":[1,2.50]},"version":7,
             "variables":[{"name":"Score","typeName":"Int32","value":5,"x-unit":"points"}],
             "customProperties":{"playbook":{"phase":"upsell","roles":["coach"]},"mine":1},
             "options":{"usableAsActivity":false,"x-option":true},
             "root":{"id":"f","type":"Elsa.Flowchart","x-flow":"kept","activities":[
               {"id":"a","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"Literal","value":"hello"},"x-in":1},"x-note":{"deep":[null,true]}},
               {"id":"b","type":"Elsa.WriteLine"}],
              "connections":[{"source":{"activity":"a"},"target":{"activity":"b"},"x-line":"thick"}]}}
            """)!;
        var designer = new Designer(trial);
        await designer.Send(HttpMethod.Put, "/workflow-definitions/import", document);
        var open = Designer.Known(await designer.Open("odd"));
        open["description"] = "now with words";
        open["customProperties"] = null;
        ((JsonObject)open["options"]!)["usableAsActivity"] = true;
        ((JsonObject)open["variables"]![0]!)["value"] = "6";
        ((JsonObject)open["variables"]![0]!).Remove("x-unit");
        Designer.Activity(open, "b")["text"] = Drawing.Literal("world");
        // Studio's drawing knows no more of a connection than its ends.
        open["root"]!["connections"] = JsonNode.Parse("""[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"},"vertices":[]}]""");

        await designer.Save(open);

        document["description"] = "now with words";
        document["options"]!["usableAsActivity"] = true;
        document["variables"]![0]!["value"] = "6";
        ((JsonObject)document["root"]!["activities"]![1]!)["text"] = Drawing.Literal("world");
        Same(document, await Export(trial, "odd"));
    }

    [Fact]
    public async Task An_input_that_is_edited_as_JSON_is_shown_as_text_and_stored_as_the_object_that_runs_read()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var before = await Export(trial, "outreach");
        var designer = new Designer(trial);
        var open = await designer.Open("outreach");
        var step = Designer.Activity(open, "call");
        Assert.Equal("Literal", (string?)step["fields"]!["expression"]!["type"]);
        Assert.Contains("\"pain\"", (string?)step["fields"]!["expression"]!["value"], StringComparison.Ordinal);

        step["fields"] = JsonNode.Parse("""{"typeName":null,"expression":{"type":"Literal","value":"[{\"name\":\"budget\",\"label\":\"Budget\"}]"}}""");
        Designer.Activity(open, "next")["fields"] = JsonNode.Parse("""{"typeName":null,"expression":{"type":"Literal","value":""}}""");
        await designer.Save(open);

        var after = await Export(trial, "outreach");
        Assert.Equal(("Object", """[{"name":"budget","label":"Budget"}]"""), ((string?)Designer.Activity(after, "call")["fields"]!["expression"]!["type"], (string?)Designer.Activity(after, "call")["fields"]!["expression"]!["value"]));
        Assert.False(Designer.Activity(after, "next").ContainsKey("fields"));
        Assert.Equal("Object", (string?)Designer.Activity(before, "call")["fields"]!["expression"]!["type"]);
    }

    private static async Task<JsonObject> Export(TrialServer trial, string definitionId) => (JsonObject)await trial.Elsa($"/workflow-definitions/{definitionId}/export");

    private static void Same(JsonObject expected, JsonObject actual)
    {
        var (left, right) = (Without(expected), Without(actual));
        Assert.True(JsonNode.DeepEquals(left, right), $"{left.ToJsonString()}\n{right.ToJsonString()}");
    }

    private static JsonObject Without(JsonObject document)
    {
        var copy = (JsonObject)document.DeepClone();
        foreach (var member in Identity)
            copy.Remove(member);
        return copy;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static IEnumerable<string> Shipped() => Directory.EnumerateDirectories(Path.Combine(Root(), "playbooks")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Playbook.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("There is no Playbook.sln above the tests.");
    }
}
