using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Playbook.Server.Pages.Shell;

/// <summary>Short words at the lower edge that say what was done, with a way back.</summary>
public sealed class Notices(ISnackbar snackbar, IStringLocalizer<Texts> L)
{
    public void Tell(string done, Func<Task>? undo = null, string? back = null) => snackbar.Add(done, Severity.Normal, options =>
    {
        options.HideIcon = true;
        options.RequireInteraction = false;
        options.VisibleStateDuration = undo is null ? 5000 : 12_000;
        if (undo is null)
            return;
        options.Action = back ?? L["Undo"];
        options.ActionColor = Color.Inherit;
        options.OnClick = async _ =>
        {
            try
            {
                await undo();
            }
            catch (Exception fault) when (fault is Storage.Definitions.DefinitionException or Storage.Definitions.DefinitionConflictException or InvalidOperationException)
            {
                Warn(L["It could not be undone: {0}", fault.Message]);
            }
        };
    });

    /// <summary>For what went wrong; it stays until it is closed.</summary>
    public void Warn(string trouble) => snackbar.Add(trouble, Severity.Error, options =>
    {
        options.RequireInteraction = true;
        options.HideIcon = true;
    });
}
