using System.Text.Json.Nodes;
using Playbook.Server.Plugins;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

/// <summary>Whatever a plugin does, the server serves, and says what is wrong with which plugin.</summary>
public sealed class BrokenPluginTests
{
    // A step of a plugin that is well takes milliseconds, but on a machine that is busy with other tests a second can pass.
    private static readonly FenceLimits Short = new() { Step = TimeSpan.FromSeconds(4), Send = TimeSpan.FromSeconds(1), Validate = TimeSpan.FromSeconds(1), Receive = TimeSpan.FromSeconds(1), Finish = TimeSpan.FromSeconds(1) };

    public static TheoryData<string, string, string> Broken => new()
    {
        { "throws when it is made", PluginBuild.Fax(plugin: "public FaxPlugin() => throw new InvalidOperationException(\"no paper\");"), "no paper" },
        { "throws in a static constructor", PluginBuild.Fax(plugin: "static FaxPlugin() => throw new InvalidOperationException(\"no toner\");"), "no toner" },
        { "throws when it describes itself", PluginBuild.Fax(description: "throw new InvalidOperationException(\"no words\")"), "no words" },
        { "describes itself as nothing", PluginBuild.Fax(description: "null!"), "as nothing" },
        { "describes another channel", PluginBuild.Fax(description: "new(\"email\", \"E-mail\", \"Not a fax.\")"), "calls itself 'email'" },
        { "hangs when it describes itself", PluginBuild.Fax(description: "Hang()", plugin: "private static ChannelDescription Hang() { Thread.Sleep(Timeout.Infinite); return null!; }"), "within 4 seconds" },
        { "hangs when it is made", PluginBuild.Fax(plugin: "public FaxPlugin() => Thread.Sleep(Timeout.Infinite);"), "within 4 seconds" },
        { "throws when it is opened", PluginBuild.Fax(open: "throw new InvalidOperationException(\"no line\")"), "no line" },
        { "hangs when it is opened", PluginBuild.Fax(open: "Hang()", plugin: "private static IChannel Hang() { Thread.Sleep(Timeout.Infinite); return null!; }"), "within 4 seconds" },
        { "opens as nothing", PluginBuild.Fax(open: "null!"), "opened as nothing" },
        { "has lists that throw", PluginBuild.Fax(description: "new(\"fax\", \"Fax\", \"x\") { Settings = new Bad() }", plugin: "private sealed class Bad : IReadOnlyList<FormField> { public int Count => 1; public FormField this[int at] => throw new InvalidOperationException(\"bad list\"); public IEnumerator<FormField> GetEnumerator() => throw new InvalidOperationException(\"bad list\"); System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }"), "bad list" },
        { "keeps a secret that plugin.json does not name", PluginBuild.Fax(description: "new(\"fax\", \"Fax\", \"x\") { Settings = new[] { new FormField(\"key\", \"Key\", \"secret\") } }"), "key" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_plugin_that_is_broken_leaves_the_server_serving_and_is_said_to_malfunction(string how, string source, string words)
    {
        await using var trial = await Start(plugins => PluginBuild.Write(plugins, source));

        var fax = await trial.Get("/api/channels/fax");
        Assert.True("malfunctioned" == (string?)fax["status"], how);
        Assert.Contains(words, (string?)fax["reason"], StringComparison.Ordinal);
        Assert.NotEmpty((string)fax["cure"]!);
        await Serves(trial);
    }

    [Fact]
    public async Task A_plugin_for_another_contract_is_incompatible_and_none_of_its_code_runs()
    {
        var mark = Path.Combine(Path.GetTempPath(), $"playbook-mark-{Guid.CreateVersion7()}");
        await using var trial = await Start(plugins => PluginBuild.Write(
            plugins, PluginBuild.Fax(plugin: $"static FaxPlugin() => File.WriteAllText(@\"{mark}\", \"ran\");"), manifest => manifest["contractVersion"] = 2));

        var fax = await trial.Get("/api/channels/fax");
        Assert.Equal("incompatible", (string?)fax["status"]);
        Assert.Contains("version 2", (string?)fax["reason"], StringComparison.Ordinal);
        Assert.False(File.Exists(mark));
        await Serves(trial);
    }

    [Fact]
    public async Task A_plugin_that_uses_what_the_contract_no_longer_has_is_incompatible()
    {
        await using var trial = await Start(plugins => PluginBuild.Write(
            plugins, PluginBuild.Fax(description: "new(\"fax\", Gone.Word, \"x\")"), against: [PluginBuild.OtherAbstractions(plugins)]));

        var fax = await trial.Get("/api/channels/fax");
        Assert.Equal("incompatible", (string?)fax["status"]);
        Assert.Contains("Playbook.Abstractions", (string?)fax["reason"], StringComparison.Ordinal);
        await Serves(trial);
    }

    [Theory]
    [InlineData("assembly is no assembly", "Acme.Fax.dll", "this is no assembly", "incompatible")]
    [InlineData("plugin.json is no JSON", "plugin.json", "{ nonsense", "malfunctioned")]
    public async Task A_file_that_is_damaged_is_said_to_be(string what, string file, string content, string status)
    {
        await using var trial = await Start(plugins => File.WriteAllText(Path.Combine(PluginBuild.Write(plugins, PluginBuild.Fax()), file), content));

        var plugin = Assert.Single((JsonArray)(await trial.Get("/api/channels"))["items"]!)!;
        Assert.True(status == (string?)plugin["status"], $"{what}: {plugin.ToJsonString()}");
        await Serves(trial);
    }

    [Fact]
    public async Task One_broken_plugin_does_not_keep_another_from_working()
    {
        await using var trial = await Start(plugins =>
        {
            PluginBuild.Write(plugins, PluginBuild.Fax(plugin: "public FaxPlugin() => Thread.Sleep(Timeout.Infinite);"), name: "Broken");
            PluginBuild.Write(plugins, PluginBuild.Fax(description: "new(\"telex\", \"Telex\", \"x\")"), manifest => manifest["id"] = "telex", name: "Telex");
        });

        Assert.Equal("active", (string?)(await trial.Get("/api/channels/telex"))["status"]);
        Assert.Equal("malfunctioned", (string?)(await trial.Get("/api/channels/fax"))["status"]);
    }

    [Theory]
    [InlineData("throw new InvalidOperationException(\"paper jam\")", "paper jam")]
    [InlineData("new(Task.FromException<SendResult>(new HttpRequestException(\"line dead\")))", "line dead")]
    [InlineData("new((SendResult)null!)", "nothing")]
    [InlineData("Hang()", "within 1 seconds")]
    [InlineData("Sleep()", "within 1 seconds")]
    public async Task A_plugin_that_fails_at_several_sends_malfunctions_and_the_server_serves(string send, string words)
    {
        const string Hangs = """
            private static async ValueTask<SendResult> Hang() { await new TaskCompletionSource().Task; return null!; }
            private static ValueTask<SendResult> Sleep() { Thread.Sleep(Timeout.Infinite); return default; }
            """;
        await using var trial = await Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax(send: send, more: Hangs)));
        var channel = trial.Channel("fax");

        for (var time = 0; time < 3; time++)
            Assert.Contains(words, (await Assert.ThrowsAsync<PluginException>(() => TrialChannels.Send(channel, $"m-{time}"))).Message, StringComparison.Ordinal);

        var fax = await trial.Get("/api/channels/fax");
        Assert.Equal("malfunctioned", (string?)fax["status"]);
        Assert.Contains(words, (string?)fax["reason"], StringComparison.Ordinal);
        await Serves(trial);
    }

    [Fact]
    public async Task One_failed_send_is_no_malfunction_and_a_good_one_makes_up_for_two()
    {
        await using var trial = await Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax(
            send: "message.IdempotencyKey.StartsWith(\"bad\") ? throw new InvalidOperationException(\"jam\") : new(new SendResult.Accepted(\"f\"))")));
        var channel = trial.Channel("fax");

        foreach (var key in new[] { "bad-1", "bad-2", "good", "bad-3" })
            _ = await Record.ExceptionAsync(() => TrialChannels.Send(channel, key));

        Assert.Equal("active", (string?)(await trial.Get("/api/channels/fax"))["status"]);
    }

    [Fact]
    public async Task Health_that_hangs_or_throws_is_not_well()
    {
        await using var trial = await Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax(more: "public ChannelHealth Health { get { Thread.Sleep(Timeout.Infinite); return null!; } }")));

        var fax = await trial.Get("/api/channels/fax");
        Assert.False((bool)fax["isWell"]!);
        Assert.NotEmpty((string)fax["health"]!);
    }

    [Fact]
    public async Task A_test_of_settings_that_throws_or_hangs_is_a_sentence()
    {
        await using var trial = await Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax(validate: "throw new InvalidOperationException(\"no tone\")")));

        var (_, answer) = await trial.Post("/api/channels/fax/test", new JsonObject());
        Assert.False((bool)answer["works"]!);
        Assert.Contains("no tone", answer["problems"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static Task<TrialServer> Start(Action<string> build) => TrialChannels.Start(build, limits: Short);

    private static async Task Serves(TrialServer trial)
    {
        Assert.NotNull(await trial.Get("/health"));
        var contact = await trial.Contact();
        await trial.Run("mail", contact.Id);
        await trial.Settle();
        Assert.Single(trial.Mails);
    }
}
