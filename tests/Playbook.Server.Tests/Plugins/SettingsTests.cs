using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Sales.Sending;
using Playbook.Server.Sending;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

public sealed class SettingsTests
{
    private const string Secret = "s3cret-that-nobody-reads";

    private const string Description = """
        new("fax", "Fax", "x") { Settings = new FormField[] {
            new("line", "Line") { Required = true, Pattern = "[0-9]+" },
            new("key", "Key", "secret") { Required = true },
            new("paper", "Paper", "choice") { Options = new[] { "A4", "A5" }, Default = "A4" },
            new("pages", "Pages", "number") { Min = 1, Max = 9 } } }
        """;

    // What it was opened with, so that it can be seen.
    private static readonly string Source = PluginBuild.Fax(
        description: Description,
        send: "new(new SendResult.Accepted(string.Join(\";\", setup.Settings.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + \"=\" + pair.Value))))",
        validate: "new(setup.Settings[\"line\"] == \"13\" ? new[] { \"Line 13 is dead. Take another.\" } : Array.Empty<string>())");

    [Fact]
    public async Task A_channel_without_its_settings_says_what_it_needs_and_has_them_when_they_are_kept()
    {
        await using var trial = await Start();
        var before = await trial.Get("/api/channels/fax");
        Assert.Equal("notConfigured", (string?)before["status"]);
        Assert.Contains("Line", (string?)before["reason"], StringComparison.Ordinal);
        Assert.Contains("needs Line, Key", trial.Registry().WhyNot("fax"), StringComparison.Ordinal);

        var (status, after) = await Keep(trial, ("line", "12"), ("key", Secret));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("active", (string?)after["status"]);
        Assert.Equal(new SendResult.Accepted($"key={Secret};line=12;paper=A4"), await TrialChannels.Send(trial.Channel("fax"), "m-1"));
    }

    [Fact]
    public async Task A_secret_never_comes_out_again_and_does_not_stand_in_the_database()
    {
        await using var trial = await Start();
        var (_, kept) = await Keep(trial, ("line", "12"), ("key", Secret));
        var list = await trial.Get("/api/channels");
        var page = await trial.Http.GetStringAsync("/settings/channels");

        Assert.DoesNotContain(Secret, kept.ToJsonString() + list.ToJsonString() + page, StringComparison.Ordinal);
        Assert.True((bool)kept["settings"]![1]!["isSet"]!);
        await trial.Stop();
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(trial.Folder, "playbook.db*"))
            Assert.DoesNotContain(Secret, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_fast_a_channel_is_given_messages_stands_in_its_form_and_is_not_the_plugin_s_business()
    {
        await using var trial = await Start();
        await Keep(trial, ("line", "12"), ("key", Secret));
        var gates = trial.Server.Services.GetRequiredService<ChannelGates>();
        Assert.Equal(new SendingLimits(), gates.LimitsOf("fax"));

        var (status, _) = await Keep(trial, ("sending-side-by-side", "2"), ("sending-per-minute", "30"), ("sending-time-limit", "20"));
        var (wrong, problem) = await Keep(trial, ("sending-side-by-side", "0"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (status, wrong));
        Assert.Contains("at least 1", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(new SendingLimits { SideBySide = 2, PerMinute = 30, TimeLimit = TimeSpan.FromSeconds(20) }, gates.LimitsOf("fax"));
        Assert.Equal(1, gates.Of("fax").Room()); // half a message a second, one saved up
        Assert.Equal(new SendResult.Accepted($"key={Secret};line=12;paper=A4"), await TrialChannels.Send(trial.Channel("fax"), "m-1"));
    }

    [Fact]
    public async Task A_mail_channel_s_form_has_the_caps_of_each_sender_s_address_too()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax(description: "new(\"fax\", \"Fax\", \"x\") { AddressFact = \"email\" }")));

        var (status, _) = await Keep(trial, ("sending-mailbox-per-hour", "5"), ("sending-mailbox-per-day", "0"), ("sending-ramp-up-days", "10"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(new MailboxLimits { PerHour = 5, PerDay = 0, RampUpDays = 10 }, trial.Server.Services.GetRequiredService<ChannelGates>().LimitsOf("fax").Mailbox);
    }

    [Fact]
    public async Task Settings_outlive_a_restart()
    {
        await using var trial = await Start();
        await Keep(trial, ("line", "12"), ("key", Secret));
        await trial.Stop();
        await trial.StartAgain();

        Assert.Equal(new SendResult.Accepted($"key={Secret};line=12;paper=A4"), await TrialChannels.Send(trial.Channel("fax"), "m-1"));
    }

    [Fact]
    public async Task A_secret_that_is_left_empty_stays_and_another_setting_that_is_left_empty_goes()
    {
        await using var trial = await Start();
        await Keep(trial, ("line", "12"), ("key", Secret), ("pages", "3"));
        await Keep(trial, ("line", "14"), ("key", ""), ("pages", ""));

        Assert.Equal(new SendResult.Accepted($"key={Secret};line=14;paper=A4"), await TrialChannels.Send(trial.Channel("fax"), "m-1"));
    }

    [Theory]
    [InlineData("line", "twelve")]
    [InlineData("paper", "A6")]
    [InlineData("pages", "10")]
    [InlineData("pages", "many")]
    [InlineData("colour", "red")]
    public async Task What_does_not_fit_is_said_beside_its_setting_and_nothing_is_kept(string name, string value)
    {
        await using var trial = await Start();
        await Keep(trial, ("line", "12"), ("key", Secret));

        var (status, answer) = await Keep(trial, (name, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.NotNull(answer["errors"]![name]);
        Assert.Equal("12", (string?)(await trial.Get("/api/channels/fax"))["settings"]![0]!["value"]);
    }

    [Fact]
    public async Task A_test_tries_what_is_written_without_keeping_it()
    {
        await using var trial = await Start();
        var (_, bad) = await trial.Post("/api/channels/fax/test", Body(("line", "13"), ("key", "x")));
        var (_, good) = await trial.Post("/api/channels/fax/test", Body(("line", "12"), ("key", "x")));
        var (_, lacking) = await trial.Post("/api/channels/fax/test", Body(("line", "12")));

        Assert.Contains("Line 13 is dead", bad["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.True((bool)good["works"]!);
        Assert.Contains("Key is missing", lacking["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("notConfigured", (string?)(await trial.Get("/api/channels/fax"))["status"]);
    }

    [Fact]
    public async Task Settings_whose_key_was_lost_are_said_to_be_lost_and_can_be_entered_again()
    {
        await using var trial = await Start();
        await Keep(trial, ("line", "12"), ("key", Secret));
        await trial.Stop();
        Directory.Delete(Path.Combine(trial.Folder, "keys"), recursive: true);
        await trial.StartAgain();

        var fax = await trial.Get("/api/channels/fax");
        Assert.Equal("malfunctioned", (string?)fax["status"]);
        Assert.Contains("keys", (string?)fax["reason"], StringComparison.Ordinal);
        var (_, again) = await Keep(trial, ("line", "12"), ("key", Secret));
        Assert.Equal("active", (string?)again["status"]);
    }

    [Fact]
    public async Task The_page_has_a_field_for_each_setting()
    {
        await using var trial = await Start();
        var page = await trial.Http.GetStringAsync("/settings/channels");

        Assert.Contains("Fax", page, StringComparison.Ordinal);
        Assert.Contains("needs settings", page, StringComparison.Ordinal);
        Assert.Contains("all the rights of this server", page, StringComparison.Ordinal);
    }

    private static Task<TrialServer> Start() => TrialChannels.Start(plugins => PluginBuild.Write(plugins, Source, manifest => manifest["secrets"] = new JsonArray("key")));

    private static Task<(HttpStatusCode Status, JsonNode Answer)> Keep(TrialServer trial, params (string, string)[] settings) => trial.Post("/api/channels/fax/settings", Body(settings));

    private static JsonObject Body(params (string Name, string Value)[] settings)
    {
        var values = new JsonObject();
        foreach (var (name, value) in settings)
            values[name] = value;
        return new JsonObject { ["settings"] = values };
    }
}
