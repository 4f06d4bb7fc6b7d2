using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Activities;
using Playbook.Sales.Sending;
using Playbook.Server.Channels;
using Playbook.Server.Definitions;
using Playbook.Server.Inbound;
using Playbook.Server.Plugins;
using Playbook.Server.Plugins.Settings;
using Playbook.Server.Queue;
using Playbook.Server.Sending;
using Playbook.Server.Subjects;
using Playbook.Server.Workers;
using Playbook.Storage;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Host;

/// <summary>The one place where the parts of the server are put together.</summary>
public static class Composition
{
    /// <summary>Every activity that a playbook can be drawn with, but for those of channels.</summary>
    public static ActivityCatalog Catalog { get; } = NewCatalog([]);

    /// <summary>A catalogue of one's own, to which channels can add what they do.</summary>
    public static ActivityCatalog NewCatalog(IReadOnlyList<IActivity> more) => new(BuiltInActivities.All, [.. SalesActivities.All, .. more]);

    public static IDbContextFactory<PlaybookDb> Databases(string path) => new PooledDbContextFactory<PlaybookDb>(PlaybookDb.Sqlite(path));

    /// <param name="services">Where the parts go.</param>
    /// <param name="options">How the server is to run.</param>
    /// <param name="store">The open run store; whoever opened it closes it.</param>
    /// <param name="runs">The store as runs go through it: <paramref name="store"/>, or one around it.</param>
    /// <param name="clock">The one clock.</param>
    public static IServiceCollection AddPlaybook(this IServiceCollection services, ServeOptions options, RunStore store, IRunStore runs, TimeProvider clock)
    {
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton(_ => store);
        services.AddSingleton(store.Queries);
        services.AddSingleton(store.Tasks);
        services.AddSingleton(store.Sending);
        services.AddSingleton(store.Queue);
        services.AddSingleton(store.OpenWork);
        services.AddSingleton(store.Replies);
        services.AddSingleton(store.Promises);
        // Read and checked now: a server must not find out with the first message that it knows no law.
        services.AddSingleton(JurisdictionPacks.Shipped);
        services.AddSingleton(_ => Databases(options.DatabasePath));
        services.AddSingleton(NewCatalog(options.MoreActivities));
        services.AddSingleton<ExpressionEvaluator>();
        services.AddSingleton<ScriptTemplates>();
        services.AddSingleton<RunEngine>();
        services.AddSingleton<DefinitionStore>();
        services.AddSingleton<DefinitionCache>();
        services.AddSingleton<PlaybookChecks>();
        services.AddSingleton<Publishing>();
        services.AddSingleton<PlaybookFolders>();
        services.AddSingleton(provider => new SubjectLookup(store.Subjects, provider.GetRequiredService<IDbContextFactory<PlaybookDb>>(), options.Company));
        services.AddSingleton<Wakeups>();
        services.AddSingleton<ChangedRuns>();
        services.AddSingleton<IRunStore>(provider => new WakingStore(runs, provider.GetRequiredService<Wakeups>(), provider.GetRequiredService<ChangedRuns>(), provider.GetRequiredService<ChannelGates>(), store.OpenWork));
        services.AddSingleton(Sources);
        services.AddSingleton<RunHost>();
        services.AddWorkers(options);
        return services;
    }

    private static void AddWorkers(this IServiceCollection services, ServeOptions options)
    {
        services.AddSingleton<InternalEffects>();
        services.AddSingleton<ScriptDesk>();
        services.AddSingleton(provider => new ChannelRegistry(BuiltIn(options, provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider =>
        {
            var channels = provider.GetRequiredService<ChannelRegistry>();
            return new ChannelGates(provider.GetRequiredService<TimeProvider>(), options.Limits ?? channels.Limits, id => channels.Describe(id)?.DisplayName ?? id);
        });
        services.AddSingleton<PolicyDesk>();
        services.AddSingleton<StepStarter>();
        services.AddSingleton<PluginHost>();
        services.AddSingleton<ChannelSettings>();
        services.AddSingleton<MessageSender>();
        InboundParts.Add(services);
        services.AddSingleton<OutboxFates>();
        services.AddSingleton<HttpCaller>();
        HttpCaller.Add(services);
        services.AddSingleton<OutboxWork>();
        services.AddSingleton<DueWorker>();
        services.AddSingleton<OutboxWorker>();
        services.AddSingleton<WritingDesk>();
        services.AddSingleton<AnswerDesk>();
        services.AddSingleton<PromiseDesk>();
        services.AddSingleton<TaskDesk>();
        services.AddSingleton<AnswerWorker>();
        services.AddSingleton<TimeTravel>();
        // Before the runs' own times: what a rep said before the program ended comes first.
        services.AddHostedService(provider => provider.GetRequiredService<AnswerWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<DueWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<OutboxWorker>());
    }

    private static Dictionary<ChannelDescription, IChannel> BuiltIn(ServeOptions options, TimeProvider clock)
    {
        var channels = new Dictionary<ChannelDescription, IChannel>(options.MoreChannels);
        if (!channels.Keys.Any(channel => channel.Id == EmlChannel.Description.Id))
            channels[EmlChannel.Description] = new EmlChannel(options.MessagesPath, clock);
        return channels;
    }

    private static RunSources Sources(IServiceProvider provider)
    {
        var definitions = provider.GetRequiredService<DefinitionCache>();
        var subjects = provider.GetRequiredService<SubjectLookup>();
        return new RunSources
        {
            Version = async versionId => (await definitions.Version(versionId)).Definition,
            Published = async definitionId => (await definitions.Published(definitionId))?.Definition,
            Facts = subjects.Refresh,
        };
    }
}
