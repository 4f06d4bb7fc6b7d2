namespace Playbook.Server.Pages.Measures;

/// <summary>What a meeting decided to change in the process.</summary>
/// <param name="About">What of the agenda it is about.</param>
public sealed record MeetingDecision(string Id, DateOnly On, string About, string Decision, string By)
{
    public const string Prefix = "results.decision:";
}
