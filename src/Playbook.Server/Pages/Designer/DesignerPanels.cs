using Playbook.Server.Pages.Designer.Editor;
using Playbook.Server.Pages.Designer.Scenarios;
using Playbook.Server.Pages.Designer.Scripts;
using Playbook.Server.Subjects;
using Playbook.Sales.Scenarios;

namespace Playbook.Server.Pages.Designer;

/// <summary>The parts of the panels around the canvas.</summary>
internal static class DesignerPanels
{
    public static void AddDesignerPanels(this IServiceCollection services)
    {
        services.AddSingleton<EditorFiles>();
        services.AddSingleton<ScriptChanges>();
        services.AddSingleton<ScriptPreview>();
        services.AddSingleton<SubjectSearch>();
        services.AddSingleton<ScenarioSuite>();
        services.AddSingleton<TriedSubjects>();
    }
}
