using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Server.Host;
using Playbook.Server.Plugins;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

/// <summary>Servers with plugins, and their channels.</summary>
internal static class TrialChannels
{
    public static async Task<TrialServer> Start(Action<string> build, Action<string>? draw = null, FenceLimits? limits = null, Func<ServeOptions, ServeOptions>? options = null)
    {
        var trial = new TrialServer { With = usual => (options ?? (same => same))(usual with { PluginLimits = limits ?? usual.PluginLimits }) };
        Directory.CreateDirectory(trial.Playbooks);
        Directory.CreateDirectory(trial.Plugins);
        build(trial.Plugins);
        (draw ?? Trial.Playbooks.MailOnly)(trial.Playbooks);
        await trial.StartAgain();
        return trial;
    }

    public static IChannel Channel(this TrialServer trial, string id) =>
        trial.Registry().Find(id) ?? throw new InvalidOperationException(trial.Registry().WhyNot(id));

    public static ChannelRegistry Registry(this TrialServer trial) => trial.Server.Services.GetRequiredService<ChannelRegistry>();

    public static PluginHost PluginHost(this TrialServer trial) => trial.Server.Services.GetRequiredService<PluginHost>();

    public static async Task<SendResult> Send(IChannel channel, string key) => await channel.Send(
        new OutgoingMessage(key, "+4512345678", "Ada Byron", null, "Hi"), new Permit(key, TrialServer.Begin, TrialServer.Begin.AddHours(1), "Agreed."), CancellationToken.None);
}
