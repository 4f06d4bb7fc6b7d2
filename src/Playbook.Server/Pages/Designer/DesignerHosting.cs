using Playbook.Server.Pages.Designer.DropOff;
using Playbook.Server.Pages.Designer.History;
using Playbook.Server.Pages.Designer.Problems;

namespace Playbook.Server.Pages.Designer;

/// <summary>The designer's parts.</summary>
internal static class DesignerHosting
{
    public static void AddDesigner(this IServiceCollection services)
    {
        services.AddSingleton<DesignerDesk>();
        services.AddSingleton<DropOffShelf>();
        services.AddSingleton<Mending>();
        services.AddSingleton<VersionDesk>();
    }
}
