namespace Playbook.Server.Pages.Contacts;

public enum TimelineKind
{
    Touch,
    Step,
    Run,
    Consent,
    Decision,
    Note,
}

/// <summary>One thing that happened with somebody.</summary>
/// <param name="What">What happened, as a sentence without its end.</param>
/// <param name="Text">What was said or written.</param>
/// <param name="Link">Where there is more of it.</param>
/// <param name="Colour">A chip's colour; empty for the ordinary.</param>
public sealed record TimelineItem(string Id, DateTimeOffset At, TimelineKind Kind, string What, string? Text = null, string? By = null, string? Link = null, string Colour = "");
