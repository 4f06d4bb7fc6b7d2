namespace Playbook.Server.Pages.Today;

/// <summary>What can be done with a step besides doing it.</summary>
public enum PanelKind
{
    None,
    Snooze,
    Skip,
    Delegate,
    Report,
    Promise,
    Reschedule,
}

/// <param name="Kind">What is to be done.</param>
/// <param name="Until">Until when it is put off, UTC.</param>
/// <param name="Who">Who gets it.</param>
/// <param name="Why">In a few words.</param>
public sealed record PanelAnswer(PanelKind Kind, DateTimeOffset? Until, string? Who, string? Why);
