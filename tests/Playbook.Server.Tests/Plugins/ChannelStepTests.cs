using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

/// <summary>What a channel can do is drawn, checked and run like any other step.</summary>
public sealed class ChannelStepTests
{
    private const string Description = """
        new("my-fax", "Fax", "x") { Icon = "fax", Color = "#123456", AddressFact = "phone", Actions = new ChannelAction[] {
            new("Send", "Send a fax", "Sends a page.") { Inputs = new InputDescription[] { new("Cover", "String", "What stands on the cover.") { Required = true }, new("Pages", "Int32") } },
            new("Ring", "Ring first", "Asks for paper.") { IsGuided = true, Outcomes = new[] { "Has paper", "No answer" }, Fields = new[] { new FormField("sheets", "Sheets", "number") { Required = true, RequiredFor = new[] { "Has paper" } } } } } }
        """;

    private static readonly string Source = PluginBuild.Fax(
        description: Description,
        send: "Keep(message)",
        more: "private ValueTask<SendResult> Keep(OutgoingMessage message) { File.WriteAllText(Path.Combine(setup.Folder, \"sent\"), message.Action + \" \" + string.Join(\";\", message.Inputs.OrderBy(pair => pair.Key).Select(pair => pair.Key + \"=\" + pair.Value)) + \" \" + message.Text); return new(new SendResult.Accepted(\"f-1\")); }");

    [Fact]
    public async Task Its_actions_are_in_the_palette_with_icon_colour_inputs_and_outcomes()
    {
        await using var trial = await Start();

        var all = (JsonArray)(await trial.Get("/elsa/api/descriptors/activities"))["items"]!;
        var send = all.Single(item => (string?)item!["typeName"] == "Playbook.MyFax.Send")!;
        Assert.Equal("Send a fax", (string?)send["displayName"]);
        Assert.Superset(new HashSet<string> { "Script", "Cover", "Pages" }, ((JsonArray)send["inputs"]!).Select(input => (string)input!["name"]!).ToHashSet());
        Assert.Equal(["Sent", "Failed"], ((JsonArray)send["ports"]!).Select(port => (string?)port!["name"]).Where(name => name is "Sent" or "Failed"));
        var ring = all.Single(item => (string?)item!["typeName"] == "Playbook.MyFax.Ring")!;
        Assert.Superset(new HashSet<string> { "Has paper", "No answer", "Expired" }, ((JsonArray)ring["ports"]!).Select(port => (string)port!["name"]!).ToHashSet());
        Assert.Contains("#123456", ring.ToJsonString() + send.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_drop_down_of_channels_has_it_by_its_name()
    {
        await using var trial = await Start();

        var message = ((JsonArray)(await trial.Get("/elsa/api/descriptors/activities"))["items"]!).Single(item => (string?)item!["typeName"] == "Playbook.SendMessage")!;
        Assert.Contains("my-fax", message.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sending_step_sends_with_its_own_inputs_and_goes_on_through_Sent()
    {
        await using var trial = await Start();
        var contact = await trial.Contact(contact => contact with { Phone = "+442071838750" });
        var run = await trial.Run("fax", contact.Id);
        await trial.Settle();
        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["outcome"] = "Has paper", ["fields"] = new JsonObject { ["sheets"] = 12 } });
        await trial.Settle();

        Assert.Equal("Send Cover=For Ada;Pages=3 Hi Ada", (await File.ReadAllTextAsync(Path.Combine(trial.Folder, "channels", "my-fax", "sent"))).Trim());
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
    }

    [Fact]
    public async Task A_guided_step_is_a_task_with_the_channels_answers_and_fields()
    {
        await using var trial = await Start();
        var contact = await trial.Contact(contact => contact with { Phone = "+442071838750" });
        await trial.Run("fax", contact.Id);
        await trial.Settle();

        var detail = await trial.Get($"/api/tasks/{await trial.FirstTask()}");
        Assert.Equal("Ring first", (string?)detail["task"]!["title"]);
        Assert.Equal(["Has paper", "No answer"], ((JsonArray)detail["task"]!["outcomes"]!).Select(outcome => (string?)outcome));
        Assert.Equal("sheets", (string?)detail["fields"]![0]!["name"]);
        var (status, _) = await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["outcome"] = "Has paper" });
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, status);
    }

    [Fact]
    public async Task A_playbook_that_lacks_a_steps_required_input_is_told_so()
    {
        await using var trial = await TrialChannels.Start(Build, folder => Drawing.Write(folder, "fax", [Step("send", "Playbook.MyFax.Send", ("script", "hello"))], ("hello.sbn", "Hi")));

        var report = trial.Server.Playbooks.Single();
        Assert.Contains("cover", System.Text.Json.JsonSerializer.Serialize(report), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Actions_that_a_newer_build_brings_are_known_after_a_reload()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax()));
        Assert.DoesNotContain("Playbook.Fax.Beep", await trial.Http.GetStringAsync("/elsa/api/descriptors/activities"), StringComparison.Ordinal);

        PluginBuild.Write(trial.Plugins, PluginBuild.Fax(description: "new(\"fax\", \"Fax\", \"x\") { Actions = new ChannelAction[] { new(\"Beep\", \"Beep\", \"Beeps.\") } }"));
        await trial.Post("/api/channels/fax/reload");

        Assert.Contains("Playbook.Fax.Beep", await trial.Http.GetStringAsync("/elsa/api/descriptors/activities"), StringComparison.Ordinal);
    }

    private static Task<TrialServer> Start() => TrialChannels.Start(Build, folder => Drawing.Write(
        folder, "fax",
        [Step("ring", "Playbook.MyFax.Ring", ("role", "prospector")), Step("send", "Playbook.MyFax.Send", ("script", "hello"), ("cover", "For Ada"), ("pages", "3"))],
        ("hello.sbn", "Hi {{ contact.first_name ?? \"there\" }}")));

    private static void Build(string plugins) => PluginBuild.Write(plugins, Source, manifest => manifest["id"] = "my-fax");

    private static JsonObject Step(string id, string type, params (string Name, string Value)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
            step[name] = Drawing.Literal(value, name == "pages" ? "Int32" : "String");
        return step;
    }
}
