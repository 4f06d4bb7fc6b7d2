using Playbook.Server.Pages.Team;

namespace Playbook.Server.Pages.Today;

/// <summary>The parts of the rep's day.</summary>
internal static class TodayHosting
{
    public static void AddToday(this IServiceCollection services)
    {
        services.AddSingleton<TodayShelf>();
        services.AddSingleton<TodayWords>();
        services.AddHostedService<TodayWarmer>();
        services.AddSingleton<StepDesk>();
        services.AddSingleton<CallDesk>();
        services.AddSingleton<TeamShelf>();
        services.AddSingleton<WorkingWeeks>();
    }
}
