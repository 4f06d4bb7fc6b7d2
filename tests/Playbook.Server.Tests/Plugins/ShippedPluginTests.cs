using Playbook.Server.Plugins;
using Playbook.Server.Plugins.Verification;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

/// <summary>The channels that come with Playbook, loaded from the folders that a build puts beside the server.</summary>
public sealed class ShippedPluginTests
{
    private static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Built { get; } = Path.Combine(Root, "src/Playbook.Server/bin", Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!), "net10.0/plugins");

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "plugins")).Where(folder => File.Exists(Path.Combine(folder, "plugin.json")) && Path.GetFileName(folder) != "template").Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_shipped_channel_keeps_the_contract(string name)
    {
        var card = await ReportCard.Make(BuiltOrSkip(name));

        Assert.True(card.IsGood, string.Join("\n", card.Results.Where(result => result.Verdict == Verdict.Failed).Select(result => $"{result.Name}: {result.Text}")));
    }

    [Fact]
    public async Task A_server_loads_all_that_come_with_it_and_none_malfunctions()
    {
        foreach (var name in Names.Select(row => row.Data))
            BuiltOrSkip(name);
        await using var trial = await TrialChannels.Start(_ => { }, options: options => options with { ShippedPlugins = Built });

        var all = trial.PluginHost().All;
        Assert.Equal(Names.Count(), all.Count);
        Assert.All(all, plugin => Assert.True(plugin.Status is PluginStatus.Active or PluginStatus.NotConfigured, $"{plugin.Key}: {plugin.Status} {plugin.Reason}"));
    }

    [Fact]
    public async Task The_operators_own_plugin_is_used_instead_of_a_shipped_one_with_its_id()
    {
        var shipped = Directory.CreateTempSubdirectory("playbook-shipped-").FullName;
        PluginBuild.Write(shipped, PluginBuild.Fax(), name: "Shipped");
        await using var trial = await TrialChannels.Start(
            plugins => PluginBuild.Write(plugins, PluginBuild.Fax(send: "new(new SendResult.Accepted(\"own\"))"), name: "Own"), options: options => options with { ShippedPlugins = shipped });

        Assert.Equal(new Abstractions.SendResult.Accepted("own"), await TrialChannels.Send(trial.Channel("fax"), "m-1"));
        var other = Assert.Single(trial.PluginHost().All, plugin => plugin.IsShipped);
        Assert.Equal(PluginStatus.Disabled, other.Status);
        Assert.Contains("Own", other.Reason, StringComparison.Ordinal);
        Directory.Delete(shipped, recursive: true);
    }

    private static string BuiltOrSkip(string name)
    {
        var folder = Path.Combine(Built, name);
        if (!Directory.Exists(folder) && Environment.GetEnvironmentVariable("CI") is not { Length: > 0 })
            Assert.Skip($"The plugin {name} is not built; run: dotnet build plugins/All.proj -c Release");
        return folder;
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Playbook.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
