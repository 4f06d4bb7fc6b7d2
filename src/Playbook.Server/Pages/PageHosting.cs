using Microsoft.AspNetCore.DataProtection;
using MudBlazor.Services;
using Playbook.Server.Access;
using Playbook.Server.Host;
using Playbook.Server.Pages.Contacts;
using Playbook.Server.Pages.Designer;
using Playbook.Server.Pages.Designer.Editor;
using Playbook.Server.Pages.Incidents;
using Playbook.Server.Pages.Measures;
using Playbook.Server.Pages.Measures.Charts;
using Playbook.Server.Pages.Playbooks;
using Playbook.Server.Pages.Runs;
using Playbook.Server.Pages.Shell;
using Playbook.Server.Pages.Today;

namespace Playbook.Server.Pages;

/// <summary>The pages, put together from their features.</summary>
internal static class PageHosting
{
    public static void AddPages(this IServiceCollection services, ServeOptions options)
    {
        // Beside the database, not in the home of whoever started the server.
        services.AddDataProtection().SetApplicationName("playbook")
            .PersistKeysToFileSystem(KeyFolder(options));
        // A script comes in one message, and may be as long as scripts may be.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = 1024 * 1024);
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.VisibleStateDuration = 8000;
            mud.SnackbarConfiguration.ShowTransitionDuration = 120;
            mud.SnackbarConfiguration.HideTransitionDuration = 120;
        });
        services.AddLocalization();
        services.AddScoped<Person>();
        services.AddScoped<Notices>();
        services.AddScoped<Liveness>();
        services.AddSingleton<TimeWords>();
        services.AddSingleton<ChannelNames>();
        services.AddSingleton<PhaseNames>();
        services.AddPlaybookPages();
        services.AddDesigner();
        services.AddDesignerPanels();
        services.AddRunPages();
        services.AddRecordPages();
        services.AddIncidents();
        services.AddToday();
        services.AddResults();
    }

    // Who has these keys can write cookies: they are for the account that runs the server alone.
    private static DirectoryInfo KeyFolder(ServeOptions options)
    {
        var path = Path.Combine(Path.GetDirectoryName(options.DatabasePath)!, "keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static void MapPages(this WebApplication app)
    {
        app.Use(ErrorPages.Show);
        app.UseAntiforgery();
        app.MapPageFiles();
        app.MapPlaybookFiles();
        app.MapResults();
        EditorFiles.Map(app);
        ChartFiles.Map(app);
        app.MapGet("/", (CurrentPerson person) => Results.Redirect(person.Can(Permission.Draw) ? "/playbooks" : "/today")).ExcludeFromDescription();
        // Every page says for itself who may show it in a frame.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(pages => pages.ContentSecurityFrameAncestorsPolicy = null);
    }
}
