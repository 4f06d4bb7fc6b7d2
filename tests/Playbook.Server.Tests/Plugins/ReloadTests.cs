using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Playbook.Abstractions;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

public sealed class ReloadTests
{
    private const string Slow = """
        public async ValueTask<SendResult> Wait() { File.WriteAllText(Path.Combine(setup.Folder, "began"), ""); while (!File.Exists(Path.Combine(setup.Folder, "go"))) await Task.Delay(20); return new SendResult.Accepted("old"); }
        """;

    [Fact]
    public async Task A_plugin_that_was_built_anew_is_taken_up_without_a_restart()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, Sends("old")));
        Assert.Equal(new SendResult.Accepted("old"), await TrialChannels.Send(trial.Channel("fax"), "m-1"));

        PluginBuild.Write(trial.Plugins, Sends("new"));
        await trial.Post("/api/channels/fax/reload");

        Assert.Equal(new SendResult.Accepted("new"), await TrialChannels.Send(trial.Channel("fax"), "m-2"));
    }

    [Fact]
    public async Task The_code_that_was_replaced_leaves_the_process()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, Sends("old")));
        for (var time = 0; time < 20; time++)
        {
            await TrialChannels.Send(trial.Channel("fax"), $"m-{time}");
            await trial.Post("/api/channels/fax/reload");
        }

        for (var time = 0; time < 20 && Loaded(trial.Plugins) > 2; time++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(50);
        }

        // The one in use, and at most one that a thread's last frame still holds.
        Assert.InRange(Loaded(trial.Plugins), 1, 2);
    }

    [Fact]
    public async Task A_message_under_way_is_finished_before_its_channel_goes()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax(send: "Wait()", more: Slow)));
        var folder = Path.Combine(trial.Folder, "channels", "fax");
        var sending = TrialChannels.Send(trial.Channel("fax"), "m-1");
        while (!File.Exists(Path.Combine(folder, "began")))
            await Task.Delay(20);

        PluginBuild.Write(trial.Plugins, Sends("new"));
        var reloading = trial.Post("/api/channels/fax/reload");
        await Task.Delay(300);
        Assert.False(reloading.IsCompleted);
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "");

        Assert.Equal(new SendResult.Accepted("old"), await sending);
        await reloading;
        Assert.Equal(new SendResult.Accepted("new"), await TrialChannels.Send(trial.Channel("fax"), "m-2"));
    }

    [Fact]
    public async Task Whoever_holds_a_channel_that_went_is_told_to_try_later()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, Sends("old")));
        var held = trial.Channel("fax");
        await trial.Post("/api/channels/fax/reload");

        Assert.IsType<SendResult.TryLater>(await TrialChannels.Send(held, "m-1"));
    }

    [Fact]
    public async Task A_plugin_that_was_mended_works_after_a_reload()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax(open: "throw new InvalidOperationException(\"no line\")")));
        Assert.Equal("malfunctioned", (string?)(await trial.Get("/api/channels/fax"))["status"]);

        PluginBuild.Write(trial.Plugins, Sends("new"));
        var (_, answer) = await trial.Post("/api/channels/fax/reload");

        Assert.Equal("active", (string?)answer["status"]);
    }

    [Fact]
    public async Task A_folder_that_was_put_there_later_is_found_by_looking_again()
    {
        await using var trial = await TrialChannels.Start(_ => { });
        PluginBuild.Write(trial.Plugins, Sends("new"));

        await trial.Post("/api/channels/reload");

        Assert.Equal("active", (string?)(await trial.Get("/api/channels/fax"))["status"]);
    }

    [Fact]
    public async Task A_plugin_that_was_turned_off_stays_off_over_a_restart_until_it_is_turned_on()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, Sends("x")));
        await trial.Post("/api/channels/fax/disable");
        Assert.Null(trial.Registry().Find("fax"));
        await trial.Stop();
        await trial.StartAgain();

        var fax = await trial.Get("/api/channels/fax");
        Assert.Equal("disabled", (string?)fax["status"]);
        Assert.Contains("enable", (string?)fax["cure"], StringComparison.Ordinal);
        await trial.Post("/api/channels/fax/enable");
        Assert.NotNull(trial.Registry().Find("fax"));
    }

    [Fact]
    public async Task What_listens_is_told_to_stop()
    {
        await using var trial = await TrialChannels.Start(plugins => PluginBuild.Write(plugins, PluginBuild.Fax(more: "public Task Listen(IInbox inbox, CancellationToken cancellationToken) => Task.Delay(-1, cancellationToken);")));
        var listening = trial.Channel("fax").Listen(null!, CancellationToken.None);

        await trial.Post("/api/channels/fax/reload");

        await listening.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static string Sends(string id) => PluginBuild.Fax(send: $"new(new SendResult.Accepted(\"{id}\"))");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Loaded(string plugins) =>
        AssemblyLoadContext.All.Count(context => context.Name?.StartsWith(plugins, StringComparison.Ordinal) == true);
}
