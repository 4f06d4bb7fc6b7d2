using System.Net;
using System.Text.Json.Nodes;
using Playbook.Sales.Contacts;
using Playbook.Server.Plugins;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

/// <summary>Phone, SMS, social network and webhook, loaded from their folders as a stranger's plugins are.</summary>
public sealed class ShippedChannelsTests
{
    private static readonly Uri PublicUrl = new("https://sales.example.com/");
    private static readonly string[] Channels = ["phone", "sms", "social", "webhook"];

    [Fact]
    public async Task They_are_loaded_and_say_what_they_need()
    {
        await using var trial = await Start(folder => Trial.Playbooks.MailOnly(folder));

        Assert.Equal(
            [("phone", PluginStatus.Active), ("sms", PluginStatus.NotConfigured), ("social", PluginStatus.Active), ("webhook", PluginStatus.NotConfigured)],
            trial.PluginHost().All.Where(plugin => Channels.Contains(plugin.Key)).Select(plugin => (plugin.Key, plugin.Status)));
        var palette = await trial.Http.GetStringAsync("/elsa/api/descriptors/activities");
        Assert.All(["Playbook.Phone.Call", "Playbook.Sms.Send", "Playbook.Social.Connect", "Playbook.Social.Write", "Playbook.Webhook.Send"], type => Assert.Contains($"\"{type}\"", palette, StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_verbal_opt_in_on_the_phone_a_Dane_may_be_written_to_and_not_before()
    {
        await using var trial = await Start(folder => Drawing.Write(
            folder, "cold",
            [Drawing.Message("too-soon", "hello"), Step("call", "Playbook.Phone.Call", ("role", "prospector"), ("expireAfter", "30.00:00:00")), Drawing.Message("mail", "hello")],
            ("hello.sbn", "Subject: Hello\n\nHi")));
        var contact = await trial.Contact(Dane);
        var run = await trial.Run("cold", contact.Id);
        await trial.Settle();
        Assert.Empty(trial.Mails);
        var task = await trial.FirstTask();

        var (unsaid, problem) = await trial.Post($"/api/tasks/{task}/complete", new JsonObject { ["outcome"] = "Verbal opt-in" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid);
        Assert.Contains("consent_wording", problem.ToJsonString(), StringComparison.Ordinal);
        await trial.Post($"/api/tasks/{task}/complete", Answer("Verbal opt-in", ("consent_wording", "Yes, please send it.")));
        await trial.Settle();

        Assert.Single(trial.Mails);
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        Assert.Contains("Yes, please send it.", (await trial.Get($"/api/runs/{run}/history")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_reached_nobody_is_tried_again_until_its_attempts_are_used_up()
    {
        await using var trial = await Start(folder => Drawing.Write(
            folder, "call",
            [Step("call", "Playbook.Phone.Call", ("role", "prospector"), ("maxAttempts", "2"), ("expireAfter", "30.00:00:00"))]));
        var run = await trial.Run("call", (await trial.Contact()).Id);

        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", Answer("No answer"));
        Assert.Equal(("suspended", 1), ((string?)(await trial.Get($"/api/runs/{run}"))["subStatus"], (int)(await trial.Get("/api/tasks"))["total"]!));
        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", Answer("Voicemail"));

        Assert.Equal(("finished", 0), ((string?)(await trial.Get($"/api/runs/{run}"))["subStatus"], (int)(await trial.Get("/api/tasks"))["total"]!));
    }

    [Fact]
    public async Task A_text_message_goes_by_Twilio_to_the_contacts_number()
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(folder => Drawing.Write(
            folder, "text",
            [Step("call", "Playbook.Phone.Call", ("role", "prospector"), ("expireAfter", "30.00:00:00")), Step("text", "Playbook.Sms.Send", ("script", "hello"))],
            ("hello.sbn", "Kære {{ contact.first_name ?? \"du\" }} 😀")));
        Assert.Empty(await trial.PluginHost().Configure("sms", twilio.Settings, CancellationToken.None));
        Assert.Empty(await trial.PluginHost().Test("sms", twilio.Settings, CancellationToken.None));
        var run = await trial.Run("text", (await trial.Contact(Dane)).Id);

        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", Answer("Verbal opt-in", ("consent_wording", "Text me."), ("consent_for", "SMS")));
        await trial.Settle();

        var form = Assert.Single(twilio.Taken);
        Assert.Equal((LoopbackTwilio.Number, "+4520123456", "Kære Ada 😀"), (form["From"], form["To"], form["Body"]));
        Assert.StartsWith("https://sales.example.com/channels/sms/status?k=", form["StatusCallback"], StringComparison.Ordinal);
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
    }

    [Fact]
    public async Task What_Twilio_tells_is_taken_only_with_its_signature()
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(folder => Trial.Playbooks.MailOnly(folder));
        await trial.PluginHost().Configure("sms", twilio.Settings, CancellationToken.None);
        var sent = new Dictionary<string, string> { ["MessageSid"] = "SM1", ["MessageStatus"] = "sent" };

        using var forged = await LoopbackTwilio.Tell(trial.Http, PublicUrl, "/channels/sms/status?k=YQ", sent, token: "another");
        using var real = await LoopbackTwilio.Tell(trial.Http, PublicUrl, "/channels/sms/status?k=YQ", sent);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (forged.StatusCode, real.StatusCode));
    }

    private static async Task<TrialServer> Start(Action<string> draw)
    {
        var trial = new TrialServer { With = options => options with { ShippedPlugins = Shipped, PublicUrl = PublicUrl } };
        Directory.CreateDirectory(trial.Playbooks);
        draw(trial.Playbooks);
        await trial.StartAgain();
        return trial;
    }

    /// <summary>Where the build puts them, beside the server.</summary>
    private static string Shipped { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory.Replace(
        Path.Combine("tests", "Playbook.Server.Tests"), Path.Combine("src", "Playbook.Server"), StringComparison.Ordinal), "plugins"));

    private static Contact Dane(Contact contact) => contact with { Country = "DK", ConsentEmail = false, Phone = "+45 20 12 34 56", TimeZone = "Europe/Copenhagen" };

    private static JsonObject Answer(string outcome, params IEnumerable<(string Name, string Value)> fields)
    {
        var answer = new JsonObject { ["outcome"] = outcome, ["fields"] = new JsonObject() };
        foreach (var (name, value) in fields)
            answer["fields"]![name] = value;
        return answer;
    }

    private static JsonObject Step(string id, string type, params IEnumerable<(string Name, string Value)> inputs)
    {
        var step = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
            step[name] = Drawing.Literal(value, name switch { "maxAttempts" => "Int32", "expireAfter" => "TimeSpan", _ => "String" });
        return step;
    }
}
