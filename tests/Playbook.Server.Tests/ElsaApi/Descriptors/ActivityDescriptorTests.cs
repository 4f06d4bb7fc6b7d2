using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.ElsaApi.Definitions;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Descriptors;

public sealed class ActivityDescriptorTests
{
    [Fact]
    public async Task Activities_that_a_real_Elsa_describes_are_described_in_the_same_members()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var ours = (await trial.Elsa("/descriptors/activities?Refresh=True"))["items"]!.AsArray().ToDictionary(item => (string)item!["typeName"]!);

        foreach (var recorded in Recorded.Response("GET-descriptors-activities.json")["items"]!.AsArray())
            if (ours.GetValueOrDefault((string)recorded!["typeName"]!) is { } known)
            {
                Recorded.HasShapeOf(recorded, known, "inputs", "outputs", "customProperties", "description");
                foreach (var member in (string[])["name", "namespace", "displayName", "kind", "isContainer", "isStart", "isTerminal", "runAsynchronously"])
                    Assert.Equal(recorded[member]!.ToJsonString(), known[member]!.ToJsonString());
                Assert.Equal(Ports(recorded), Ports(known));
                var editors = known["inputs"]!.AsArray().ToDictionary(input => (string)input!["name"]!, input => (IsWrapped: (bool)input!["isWrapped"]!, Input: input));
                foreach (var input in recorded["inputs"]!.AsArray().Select(input => Without(input!, "category")))
                    if (editors.TryGetValue((string)input["name"]!, out var our))
                    {
                        Assert.Equal((bool)input["isWrapped"]!, our.IsWrapped);
                        Recorded.HasShapeOf(input, our.Input, "uiSpecifications", "defaultValue");
                    }
            }
    }

    [Fact]
    public async Task A_guided_step_has_the_ports_that_its_designer_types_and_the_one_for_expired_beside_them()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var step = await trial.Elsa("/descriptors/activities/Playbook.GuidedStep");

        var outcomes = Input(step, "Outcomes");
        Assert.Equal("dynamic-outcomes", (string?)outcomes["uiHint"]);
        Assert.Equal("""["Expired"]""", outcomes["uiSpecifications"]!["DynamicOutcomesOptions"]!["fixedOutcomes"]!.ToJsonString());
        Assert.Equal(["Expired"], step["ports"]!.AsArray().Select(port => (string?)port!["name"]));
        Assert.Equal(("Guided step", "checklist", "#235FA9"), ((string?)step["displayName"], (string?)step["customProperties"]!["Icon"], (string?)step["customProperties"]!["Color"]));
    }

    [Fact]
    public async Task Inputs_get_the_editors_that_fit_them()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var step = await trial.Elsa("/descriptors/activities/Playbook.GuidedStep");

        Assert.Equal(
            [("Role", "dropdown"), ("Title", "singleline"), ("Script", "dropdown"), ("Channel", "dropdown"), ("DoneWhen", "multiline"), ("Fields", "json-editor"), ("BusinessHours", "checkbox")],
            ((string[])["Role", "Title", "Script", "Channel", "DoneWhen", "Fields", "BusinessHours"]).Select(name => (name, (string?)Input(step, name)["uiHint"])));
        Assert.Contains("prospector", Options(Input(step, "Role")));
        Assert.Contains("email", Options(Input(step, "Channel")));
        Assert.Equal("json", (string?)Input(step, "Fields")["uiSpecifications"]!["code-editor"]!["language"]);
        var condition = Input(await trial.Elsa("/descriptors/activities/Playbook.Goal"), "Condition");
        Assert.Equal(("code-editor", "JavaScript", false), ((string?)condition["uiHint"], (string?)condition["defaultSyntax"], (bool)condition["autoEvaluate"]!));
        Assert.Contains("outreach", Options(Input(await trial.Elsa("/descriptors/activities/Playbook.StartPlaybook"), "Playbook")));
    }

    [Fact]
    public async Task An_editor_is_offered_the_scripts_of_the_playbook_that_it_has_open()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            Playbooks.Outreach(folder);
            Drawing.Write(folder, "other", [Drawing.Message("mail", "bye")], ("bye.en.sbn", "Bye"));
        });
        var designer = new Designer(trial);
        Assert.Equal(["", "bye", "hello"], await Scripts(designer));

        await designer.Open("other");
        Assert.Equal(["", "bye"], await Scripts(designer));

        await designer.Open("outreach");
        Assert.Equal(["", "hello"], await Scripts(designer));
        Assert.Equal(["", "bye", "hello"], await Scripts(new Designer(trial, "another")));
        Assert.Equal(["", "bye"], await Scripts(new Designer(trial, null), "?definitionId=other"));
    }

    [Fact]
    public async Task Options_of_what_is_not_there_are_not_found()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);

        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Post, "/descriptors/activities/Playbook.Nothing/options/Role", new JsonObject())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Post, "/descriptors/activities/Playbook.GuidedStep/options/Nothing", new JsonObject())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await trial.Status(HttpMethod.Get, "/descriptors/activities/Playbook.Nothing")).Status);
    }

    [Fact]
    public async Task Descriptors_are_sent_again_only_when_they_changed()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var first = await Get(trial, null);
        Assert.Equal((HttpStatusCode.OK, true), (first.Status, first.Tag is not null));

        Assert.Equal(HttpStatusCode.NotModified, (await Get(trial, first.Tag)).Status);

        var (status, _) = await new Designer(trial).Send(HttpMethod.Post, "/workflow-definitions", New("Second"));
        Assert.Equal(HttpStatusCode.OK, status);
        var second = await Get(trial, first.Tag);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.NotEqual(first.Tag, second.Tag);
    }

    [Fact]
    public async Task A_playbook_that_may_be_used_as_an_activity_is_one_once_it_is_published()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        var draft = await designer.Save((JsonObject)New("Check credit")["model"]!);
        draft["options"]!["usableAsActivity"] = true;
        draft["outcomes"] = new JsonArray("Good", "Bad");
        draft = await designer.Save(draft);
        Assert.Equal(HttpStatusCode.NotFound, (await trial.Status(HttpMethod.Get, "/descriptors/activities/CheckCredit")).Status);

        await designer.Save(draft, publish: true);

        var descriptor = await trial.Elsa("/descriptors/activities/CheckCredit");
        Assert.Equal(["Root", "Good", "Bad"], descriptor["ports"]!.AsArray().Select(port => (string?)port!["name"]));
        Assert.Equal("check-credit", (string?)descriptor["constructionProperties"]!["WorkflowDefinitionId"]);
    }

    // Our forms have no sections.
    private static JsonNode Without(JsonNode input, string member)
    {
        var copy = (JsonObject)input.DeepClone();
        copy.Remove(member);
        return copy;
    }

    private static JsonObject New(string name) => new()
    {
        ["model"] = new JsonObject { ["name"] = name, ["root"] = new JsonObject { ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1 } },
    };

    private static async Task<(HttpStatusCode Status, string? Tag)> Get(TrialServer trial, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ElsaClient.Api + "/descriptors/activities?Refresh=True");
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await trial.Http.SendAsync(request);
        return (response.StatusCode, response.Headers.ETag?.ToString());
    }

    private static async Task<string[]> Scripts(Designer designer, string query = "")
    {
        var (status, answer) = await designer.Send(HttpMethod.Post, $"/descriptors/activities/Playbook.GuidedStep/options/Script{query}", new JsonObject { ["context"] = new JsonObject { ["title"] = "x" } });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool)answer!["items"]!["Refresh"]!);
        return [.. answer["items"]!["dropdown"]!["selectList"]!["items"]!.AsArray().Select(item => (string)item!["value"]!)];
    }

    private static JsonNode Input(JsonNode descriptor, string name) => descriptor["inputs"]!.AsArray().Single(input => (string?)input!["name"] == name)!;

    private static IEnumerable<string?> Options(JsonNode input) => input["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray().Select(item => (string?)item!["value"]);

    private static string Ports(JsonNode descriptor) => string.Join(' ', descriptor["ports"]!.AsArray().Select(port => $"{port!["name"]}:{port["type"]}:{port["isBrowsable"]}"));
}
