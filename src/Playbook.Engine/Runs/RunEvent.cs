namespace Playbook.Engine.Runs;

/// <summary>The kinds of fact in a run's history; the first six are Elsa's journal events of an activity.</summary>
public enum RunEventKind : byte
{
    Started,
    Completed,
    Suspended,
    Resumed,
    Faulted,
    Canceled,

    /// <summary>An activity wrote a line (WriteLine); <see cref="RunEvent.Text"/> is the line.</summary>
    LineWritten,

    /// <summary>A fact of the sales domain; <see cref="RunEvent.Text"/> is its name, <see cref="RunEvent.Data"/> its data.</summary>
    Fact,
}

/// <summary>A past-tense fact about a run.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="ActivityId">To which activity.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="Execution">Which execution of it, numbered within the run.</param>
public readonly record struct RunEvent(RunEventKind Kind, string ActivityId, string ActivityType, int Execution)
{
    /// <summary>The outcomes, on <see cref="RunEventKind.Completed"/> where the activity named any.</summary>
    public IReadOnlyList<string>? Outcomes { get; init; }

    /// <summary>The line written, the fault's message, or the fact's name.</summary>
    public string? Text { get; init; }

    public IReadOnlyDictionary<string, object?>? Data { get; init; }
}
