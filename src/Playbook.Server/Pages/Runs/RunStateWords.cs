using Microsoft.Extensions.Localization;
using Playbook.Engine.Runs;
using Playbook.Server.Pages.Shell;

namespace Playbook.Server.Pages.Runs;

/// <summary>Where a run stands, in a word.</summary>
public sealed class RunStateWords(IStringLocalizer<Texts> L)
{
    public string Of(RunStatus status, RunSubStatus subStatus, int incidents, bool isPaused = false) => (status, subStatus) switch
    {
        _ when isPaused => L["Paused"].Small(),
        (RunStatus.Running, _) when incidents > 0 => L["needs a look"],
        (RunStatus.Running, RunSubStatus.Suspended) => L["waits"],
        (RunStatus.Running, _) => L["goes on"],
        (_, RunSubStatus.Cancelled) => L["Cancelled"].Small(),
        (_, RunSubStatus.Faulted) => incidents > 0 ? L["Failed"].Small() : L["failed, looked at"],
        _ => L["Finished"].Small(),
    };

    public static string Colour(RunStatus status, RunSubStatus subStatus, int incidents) =>
        incidents > 0 || subStatus == RunSubStatus.Faulted ? "red" : status == RunStatus.Running ? "blue" : subStatus == RunSubStatus.Finished ? "green" : "";
}
