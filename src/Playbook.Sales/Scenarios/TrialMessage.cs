using Playbook.Engine.Expressions;

namespace Playbook.Sales.Scenarios;

/// <summary>What became of a message of a trial.</summary>
public enum TrialFate
{
    /// <summary>It would have gone out.</summary>
    Sent,

    /// <summary>It would have gone out and come back.</summary>
    Bounced,

    /// <summary>It would not have gone out.</summary>
    Refused,
}

/// <summary>A message that would have been sent.</summary>
public sealed record TrialMessage(string Script, string Channel, RenderedScript Text)
{
    public string ActivityId { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public TrialFate Fate { get; init; }

    /// <summary>The rule by which the sending policy let it go or kept it back, or why it came back; null where nobody asked.</summary>
    public string? Why { get; init; }

    /// <summary>How many turns had been taken before it went.</summary>
    public int AfterTurns { get; init; }
}

/// <summary>A playbook that a trial's run started.</summary>
/// <param name="AfterTurns">How many turns had been taken before.</param>
public sealed record TrialStart(string DefinitionId, IReadOnlyDictionary<string, object?> Input, DateTimeOffset At, int AfterTurns);
