using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Playbook.Server.Pages.Shell;

/// <summary>
/// A part of a page. What it draws because of somebody else's doing runs on their thread, in their language or in none: it is
/// drawn in its reader's all the same.
/// </summary>
public abstract class PagePart : ComponentBase
{
    private readonly CultureInfo _language = CultureInfo.CurrentUICulture;

    protected new Task InvokeAsync(Action work) => InvokeAsync(() =>
    {
        work();
        return Task.CompletedTask;
    });

    protected new Task InvokeAsync(Func<Task> work) => base.InvokeAsync(() => InLanguage(work));

    // Asynchronous, so that the language of whoever called is theirs again afterwards.
    private async Task InLanguage(Func<Task> work)
    {
        CultureInfo.CurrentUICulture = _language;
        await work();
    }
}
