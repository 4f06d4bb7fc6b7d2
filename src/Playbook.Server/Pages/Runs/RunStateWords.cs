using Playbook.Engine.Runs;

namespace Playbook.Server.Pages.Runs;

/// <summary>Where a run stands, in a word.</summary>
public static class RunStateWords
{
    public static string Of(RunStatus status, RunSubStatus subStatus, int incidents) => (status, subStatus) switch
    {
        (RunStatus.Running, _) when incidents > 0 => "needs a look",
        (RunStatus.Running, RunSubStatus.Suspended) => "waits",
        (RunStatus.Running, _) => "goes on",
        (_, RunSubStatus.Cancelled) => "cancelled",
        (_, RunSubStatus.Faulted) => incidents > 0 ? "failed" : "failed, looked at",
        _ => "finished",
    };

    public static string Colour(RunStatus status, RunSubStatus subStatus, int incidents) =>
        incidents > 0 || subStatus == RunSubStatus.Faulted ? "red" : status == RunStatus.Running ? "blue" : subStatus == RunSubStatus.Finished ? "green" : "";
}
