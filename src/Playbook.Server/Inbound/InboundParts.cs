using Playbook.Server.Inbound.Unsubscribe;
using Playbook.Storage.Runs;

namespace Playbook.Server.Inbound;

/// <summary>The parts that take in what comes over channels.</summary>
internal static class InboundParts
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<RunStore>().Inbound);
        services.AddSingleton<OwnPlaybooks>();
        services.AddSingleton<PersonNeeded>();
        services.AddSingleton<EventMatching>();
        services.AddSingleton<EventConsequences>();
        services.AddSingleton<EventHearing>();
        services.AddSingleton<EventDesk>();
        services.AddSingleton<Inboxes>();
        services.AddSingleton<MessageTrail>();
        services.AddSingleton<UnsubscribeLinks>();
        services.AddSingleton<InboundWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<InboundWorker>());
        services.AddHostedService<ListenerWorker>();
    }
}
