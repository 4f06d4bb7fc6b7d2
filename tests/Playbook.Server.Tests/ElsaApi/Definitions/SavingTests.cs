using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

public sealed class SavingTests
{
    [Fact]
    public async Task A_new_definition_gets_an_id_that_says_what_it_is_and_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var create = (JsonObject)JsonNode.Parse(Recorded.File("responses/POST-workflow-definitions-create.json"))!;

        var (status, answer) = await new Designer(trial).Send(HttpMethod.Post, "/workflow-definitions", create["request"]!.DeepClone());

        Assert.Equal(HttpStatusCode.OK, status);
        Recorded.HasShapeOf(create["response"]!, answer);
        Assert.Equal(("my-new-playbook", 1, false, true), ((string?)answer!["workflowDefinition"]!["definitionId"], (int)answer["workflowDefinition"]!["version"]!, (bool)answer["workflowDefinition"]!["isPublished"]!, (bool)answer["workflowDefinition"]!["isLatest"]!));
        var (_, again) = await new Designer(trial).Send(HttpMethod.Post, "/workflow-definitions", create["request"]!.DeepClone());
        Assert.Equal("my-new-playbook-2", (string?)again!["workflowDefinition"]!["definitionId"]);
    }

    [Fact]
    public async Task The_first_change_after_publishing_makes_the_next_version_a_draft_which_later_changes_overwrite()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial, name: "Anna Åkesson");
        var published = await designer.Open("sale");

        var first = await designer.Save(With(published, "one"));
        var second = await designer.Save(With(first, "two"));

        Assert.Equal((2, false, true), ((int)first["version"]!, (bool)first["isPublished"]!, (bool)first["isLatest"]!));
        Assert.NotEqual((string?)published["id"], (string?)first["id"]);
        Assert.Equal(((string?)first["id"], 2), ((string?)second["id"], (int)second["version"]!));
        Assert.NotEqual((string?)first["createdAt"], (string?)second["createdAt"]);
        Assert.Equal(published["description"]?.ToJsonString(), (await trial.Elsa("/workflow-definitions/by-definition-id/sale?versionOptions=Published"))["description"]?.ToJsonString());
        var (_, conflict) = await new Designer(trial, "editor-2").TrySave(With(published, "three"));
        Assert.Equal("Anna Åkesson", (string?)conflict!["savedBy"]);
    }

    [Fact]
    public async Task Of_two_editors_the_slower_is_told_who_was_faster_and_nothing_is_overwritten()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var (anna, bo) = (new Designer(trial, "anna-1", "Anna"), new Designer(trial, "bo-1", "Bo"));
        var (annas, bos) = (await anna.Open("sale"), await bo.Open("sale"));
        await anna.Save(With(annas, "Anna's"));

        var (status, answer) = await bo.TrySave(With(bos, "Bo's"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("was saved by Anna at 2026-03-02 09:00 UTC", Designer.Said(answer), StringComparison.Ordinal);
        Assert.Contains("open it again", Designer.Said(answer), StringComparison.Ordinal);
        Assert.Equal("Anna's", (string?)(await anna.Open("sale"))["description"]);
        await bo.Save(With(await bo.Open("sale"), "Bo's"));
        Assert.Equal("Bo's", (string?)(await anna.Open("sale"))["description"]);
    }

    [Fact]
    public async Task An_editor_that_saves_faster_than_its_answers_come_back_is_in_no_conflict_with_itself()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        var open = await designer.Open("sale");
        await designer.Save(With(open, "one"));

        await designer.Save(With(open, "two"));

        Assert.Equal("two", (string?)(await designer.Open("sale"))["description"]);
    }

    [Fact]
    public async Task A_client_without_a_name_is_held_to_what_it_began_from_when_it_says_so()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var client = new Designer(trial, editor: null);
        var open = await client.Open("sale");
        await client.Save(With(open, "one"));

        Assert.Equal(HttpStatusCode.Conflict, (await client.TrySave(With(open, "two"))).Status);
        var silent = Designer.Known(With(open, "three"));
        silent["createdAt"] = "0001-01-01T00:00:00+00:00";
        Assert.Equal("three", (string?)(await client.Save(silent))["description"]);
    }

    [Fact]
    public async Task If_Match_guards_a_save_by_the_ETag_that_came_with_the_definition()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        using var loaded = await trial.Http.GetAsync(new Uri(ElsaClient.Api + "/workflow-definitions/by-definition-id/sale", UriKind.Relative));
        var tag = loaded.Headers.ETag!.ToString();
        var client = new Designer(trial, editor: null);
        var open = Designer.Known(With(await client.Open("sale"), "one"));
        open["createdAt"] = null;
        var body = new JsonObject { ["model"] = open };

        Assert.Equal(HttpStatusCode.OK, (await client.Send(HttpMethod.Post, "/workflow-definitions", body, tag)).Status);
        open["description"] = "two";
        Assert.Equal(HttpStatusCode.Conflict, (await client.Send(HttpMethod.Post, "/workflow-definitions", body, tag)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.Send(HttpMethod.Post, "/workflow-definitions", body, "nonsense")).Status);
    }

    [Fact]
    public async Task Publishing_in_the_same_call_publishes_what_was_saved()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);

        var (status, answer) = await designer.TrySave(With(await designer.Open("sale"), "new"), publish: true);

        Assert.Equal(HttpStatusCode.OK, status);
        Recorded.HasShapeOf(JsonNode.Parse(Recorded.File("save-response.json".Insert(0, "responses/")))!, answer, "root", "variables", "inputs", "outputs", "outcomes", "options", "description", "toolVersion");
        Assert.Equal((true, 2), ((bool)answer!["workflowDefinition"]!["isPublished"]!, (int)answer["workflowDefinition"]!["version"]!));
        Assert.Equal(2, (int)(await trial.Elsa("/workflow-definitions/by-definition-id/sale?versionOptions=Published"))["version"]!);
    }

    [Fact]
    public async Task Errors_stop_publishing_in_words_and_what_was_drawn_is_kept_as_a_draft()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        var open = With(await designer.Open("sale"), "broken");
        ((JsonObject)Designer.Activity(open, "qualify")).Remove("title");

        var (status, answer) = await designer.TrySave(open, publish: true);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("qualify: 'qualify' needs a value for What", Designer.Said(answer), StringComparison.Ordinal);
        var latest = await designer.Open("sale");
        Assert.Equal(("broken", 2, false), ((string?)latest["description"], (int)latest["version"]!, (bool)latest["isPublished"]!));
        Assert.Equal(1, (int)(await trial.Elsa("/workflow-definitions/by-definition-id/sale?versionOptions=Published"))["version"]!);
    }

    [Theory]
    [InlineData("""{"model":{"name":"X","root":{"id":"f"}}}""", "'root' must be an activity")]
    [InlineData("""{"model":{"name":"X","root":[]}}""", "'root' must be an activity")]
    [InlineData("""{"model":{"name":"X","root":{"id":"f","type":"Elsa.Flowchart","activities":[1]}}}""", "'activities' must hold activities only")]
    [InlineData("""{"model":{"name":"X","root":{"id":"f","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.Start"},{"id":"a","type":"Elsa.End"}]}}}""", "Two activities have the id 'a'")]
    [InlineData("""{"model":{"name":"X","options":[]}}""", "'options' must be an object")]
    [InlineData("""{"model":{"root":{"id":"f","type":"Elsa.Flowchart"}}}""", "needs a name")]
    [InlineData("""{"model":{"definitionId":"../up","name":"X"}}""", "The id '../up' cannot be used")]
    [InlineData("""{"model":{"definitionId":7,"name":"X"}}""", "'definitionId' must be a text")]
    [InlineData("""{"model":{"definitionId":"sale","name":"X","variables":{}}}""", "'variables' must be a list")]
    [InlineData("""{"model":{"name":"X","root":{"id":"n","type":"Elsa.NotFoundActivity","originalActivityJson":"[]"}}}""", "is no activity")]
    [InlineData("""{"definitionId":"x","name":"X"}""", "The body holds no definition")]
    [InlineData("""[]""", "A workflow definition is a JSON object")]
    [InlineData("""{"model":{"name":"X","name":"Y"}}""", "not valid JSON")]
    [InlineData("""{"model":{"name":"\ud800"}}""", "not valid Unicode")]
    [InlineData("""{"model":""", "not valid JSON")]
    public async Task A_bad_document_is_refused_with_the_reason_and_nothing_is_stored(string body, string reason)
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var before = (await trial.Elsa("/workflow-definitions")).ToJsonString();

        var (status, type, answer) = await trial.PostText(ElsaClient.Api + "/workflow-definitions", body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (status, type));
        Assert.Contains(reason, Designer.Said(answer), StringComparison.Ordinal);
        Assert.Equal(before, (await trial.Elsa("/workflow-definitions")).ToJsonString());
    }

    [Fact]
    public async Task What_is_too_large_too_deep_or_no_JSON_is_refused()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await trial.PostText(ElsaClient.Api + "/workflow-definitions", "{\"model\":{\"name\":\"" + new string('x', 9 * 1024 * 1024) + "\"}}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await trial.PostText(ElsaClient.Api + "/workflow-definitions", "{\"model\":{\"name\":\"x\",\"x\":" + new string('[', 400) + new string(']', 400) + "}}")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await trial.PostText(ElsaClient.Api + "/workflow-definitions", "<x/>", "application/xml")).Status);
    }

    [Fact]
    public async Task A_read_only_definition_cannot_be_changed_and_offers_nothing_to_change_it_by()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Send(HttpMethod.Post, "/workflow-definitions/import", JsonNode.Parse("""{"definitionId":"fixed","name":"Fixed","isReadonly":true,"root":{"id":"f","type":"Elsa.Flowchart"}}"""));
        var open = await designer.Open("fixed");
        Assert.DoesNotContain(open["links"]!.AsArray(), link => (string?)link!["rel"] == "publish");

        Assert.Equal(HttpStatusCode.Forbidden, (await designer.TrySave(With(open, "changed"))).Status);
    }

    [Fact]
    public async Task An_older_version_can_be_made_the_draft_again_with_its_scripts()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var designer = new Designer(trial);
        var first = await designer.Open("outreach");
        await designer.Save(With(first, "second"), publish: true);

        var (status, answer) = await designer.Send(HttpMethod.Post, "/workflow-definitions/outreach/revert/1");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal((3, "outreach", false), ((int)answer!["version"]!, (string?)answer["definitionId"], (bool)answer["isPublished"]!));
        Assert.Equal(first["description"]?.ToJsonString(), (await designer.Open("outreach"))["description"]?.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Post, "/workflow-definitions/outreach/revert/9")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Post, "/workflow-definitions/outreach/revert/x")).Status);
        Assert.Equal(HttpStatusCode.OK, (await designer.Send(HttpMethod.Post, "/workflow-definitions/outreach/publish")).Status);
    }

    internal static JsonObject With(JsonObject definition, string description)
    {
        var changed = (JsonObject)definition.DeepClone();
        changed["description"] = description;
        return changed;
    }
}
