using Playbook.Server.Api.Runs;

namespace Playbook.Server.Pages.Runs;

/// <summary>The runs' pages' parts.</summary>
internal static class RunHosting
{
    public static void AddRunPages(this IServiceCollection services)
    {
        services.AddSingleton<RunNames>();
        services.AddSingleton<RunStateWords>();
        services.AddSingleton<RunShelf>();
        services.AddSingleton<RunDesk>();
        services.AddSingleton<RunPausing>();
        services.AddSingleton<RunMoving>();
    }
}
