namespace Playbook.Sales.Metrics;

/// <summary>What the outcomes of steps mean for what is measured. Words that no shipped playbook or channel has mean nothing special.</summary>
public static class StepWords
{
    // Nobody was reached, or nothing was said.
    private static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase)
    {
        "No answer", "Voicemail", "Left a message", "Busy", "Wrong number", "Number wrong", "Gatekeeper", "No show", "Expired", "Skipped", "Undeliverable",
    };

    private static readonly HashSet<string> Spoken = new(StringComparer.OrdinalIgnoreCase) { "phone", "calendar" };

    /// <summary>Whether words went both ways: somebody was reached over a channel on which people talk.</summary>
    public static bool IsConversation(string? channel, string outcome) => channel is not null && Spoken.Contains(channel) && !Silent.Contains(outcome);

    /// <summary>What an outcome says of the subject, as a mark; null for nothing.</summary>
    public static string? Mark(string playbook, string outcome) => outcome switch
    {
        "Never contact" => Metrics.Mark.OptedOut,
        "They came" or "Pain confirmed" or "Another meeting" => Metrics.Mark.Held,
        "Booked" => Metrics.Mark.Booked,
        "Renewed" => Metrics.Mark.Renewed,
        "Lost for good" or "Win back later" or "Try again later" => playbook == Phases.Phase.Renewal ? Metrics.Mark.Left : Metrics.Mark.Lost,
        "Referral given" => Metrics.Mark.Referred,
        _ => null,
    };
}
