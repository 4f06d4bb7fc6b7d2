using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Server.Plugins;

namespace Playbook.Server.Api.Channels;

/// <summary>The channel plugins: how they are, and their settings. A secret goes in and never comes out again.</summary>
internal static class ChannelsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Channels");
        channels.MapGet("", (PluginHost plugins) => new ChannelList([.. plugins.All.Select(ChannelAnswer.Of)])).WithSummary("The channel plugins, with their status, reason and cure");
        channels.MapPost("reload", ReloadAll).WithSummary("Looks for plugins again and takes all up anew");
        channels.MapGet("{id}", One).WithSummary("One plugin, with the form of its settings");
        channels.MapPost("{id}/enable", (string id, PluginHost plugins, CancellationToken cancellationToken) => Changed(id, plugins, plugins.Enable(id, cancellationToken))).WithSummary("Turns a plugin on");
        channels.MapPost("{id}/disable", (string id, PluginHost plugins, CancellationToken cancellationToken) => Changed(id, plugins, plugins.Disable(id, cancellationToken))).WithSummary("Turns a plugin off; calls under way are finished");
        channels.MapPost("{id}/reload", (string id, PluginHost plugins, CancellationToken cancellationToken) => Changed(id, plugins, plugins.Reload(id, cancellationToken))).WithSummary("Takes a plugin up anew from its folder");
        channels.MapPost("{id}/settings", Configure).WithSummary("Keeps settings; a secret that is empty stays as it was, null takes a setting away");
        channels.MapPost("{id}/test", Test).WithSummary("Tries settings for real without keeping them");
    }

    private static async Task<ChannelList> ReloadAll(PluginHost plugins, CancellationToken cancellationToken)
    {
        await plugins.Start(cancellationToken);
        return new ChannelList([.. plugins.All.Select(ChannelAnswer.Of)]);
    }

    private static Results<Ok<ChannelAnswer>, ProblemHttpResult> One(string id, PluginHost plugins) =>
        plugins.Find(id) is { } report ? TypedResults.Ok(ChannelAnswer.Of(report)) : Unknown(id, plugins);

    private static async Task<Results<Ok<ChannelAnswer>, ProblemHttpResult>> Changed(string id, PluginHost plugins, Task<bool> change) =>
        await change ? One(id, plugins) : Unknown(id, plugins);

    private static async Task<Results<Ok<ChannelAnswer>, ProblemHttpResult>> Configure(string id, ChannelSettingsBody body, PluginHost plugins, CancellationToken cancellationToken)
    {
        if (plugins.Find(id) is null)
            return Unknown(id, plugins);
        var problems = await plugins.Configure(id, body.Settings ?? new(), cancellationToken);
        return problems.Count == 0 ? One(id, plugins) : Problems.Unprocessable(problems.SelectMany(field => field.Value.Select(message => (field.Key, message))));
    }

    private static async Task<Results<Ok<ChannelTest>, ProblemHttpResult>> Test(string id, ChannelSettingsBody? body, PluginHost plugins, CancellationToken cancellationToken)
    {
        if (plugins.Find(id) is null)
            return Unknown(id, plugins);
        var problems = await plugins.Test(id, body?.Settings ?? new(), cancellationToken);
        return TypedResults.Ok(new ChannelTest(problems.Count == 0, problems));
    }

    private static ProblemHttpResult Unknown(string id, PluginHost plugins) =>
        Problems.NotFound($"There is no plugin '{id}'; there are: {string.Join(", ", plugins.All.Select(report => report.Key))}.");
}

/// <param name="Settings">By name.</param>
internal sealed record ChannelSettingsBody(Dictionary<string, string?>? Settings);

/// <param name="Problems">One sentence each; empty where it works.</param>
internal sealed record ChannelTest(bool Works, IReadOnlyList<string> Problems);
