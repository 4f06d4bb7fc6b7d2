using Playbook.Server.Pages.Batons;

namespace Playbook.Server.Pages.Incidents;

/// <summary>The parts of the incidents' and batons' pages.</summary>
internal static class IncidentHosting
{
    public static void AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<IncidentShelf>();
        services.AddSingleton<IncidentDesk>();
        services.AddSingleton<IncidentWords>();
        services.AddSingleton<BatonShelf>();
        services.AddSingleton<BatonReadiness>();
    }
}
