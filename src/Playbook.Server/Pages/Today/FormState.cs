namespace Playbook.Server.Pages.Today;

/// <summary>What the rep is in the middle of saying about a step.</summary>
public sealed class FormState
{
    /// <summary>The outcome whose fields are asked for; null where none is chosen yet.</summary>
    public string? Outcome { get; set; }

    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Problems { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether the outcome that is asked about sends the message as well.</summary>
    public bool IsSending { get; set; }

    /// <summary>When what is in the form was typed, where this browser had kept it; null where it was typed just now.</summary>
    public DateTimeOffset? KeptAt { get; set; }
}
