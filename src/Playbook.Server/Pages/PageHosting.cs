using Microsoft.Extensions.FileProviders;
using MudBlazor.Services;
using Playbook.Server.Pages.Designer;
using Playbook.Server.Pages.Designer.Editor;
using Playbook.Server.Pages.Playbooks;
using Playbook.Server.Pages.Shell;

namespace Playbook.Server.Pages;

/// <summary>The pages, put together from their features.</summary>
internal static class PageHosting
{
    public static void AddPages(this IServiceCollection services)
    {
        // A script comes in one message, and may be as long as scripts may be.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(options => options.MaximumReceiveMessageSize = 1024 * 1024);
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomCenter;
            options.SnackbarConfiguration.VisibleStateDuration = 8000;
            options.SnackbarConfiguration.ShowTransitionDuration = 120;
            options.SnackbarConfiguration.HideTransitionDuration = 120;
        });
        services.AddScoped<Person>();
        services.AddScoped<Notices>();
        services.AddPlaybookPages();
        services.AddDesignerPanels();
    }

    public static void MapPages(this WebApplication app)
    {
        // A person who mistypes an address sees a page; programs go on getting problem details.
        app.UseWhen(WantsPage, pages =>
        {
            pages.UseExceptionHandler("/error", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapPlaybookFiles();
        EditorFiles.Map(app);
        app.MapGet("/", () => Results.Redirect("/playbooks")).ExcludeFromDescription();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    private static bool WantsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/elsa") && !context.Request.Path.StartsWithSegments("/studio")
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
