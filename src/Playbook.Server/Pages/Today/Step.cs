using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Queue;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Today;

/// <summary>Something that was written down about the contact, or that this step is to find out.</summary>
/// <param name="Value">Null where nobody has asked yet.</param>
public sealed record Discovered(string Label, string? Value);

/// <summary>A letter or mail as its reader gets it.</summary>
public sealed record Written(string? From, string? To, string? Subject, string Text);

/// <summary>A message that the rep can write and send from the step.</summary>
/// <param name="Channel">How it goes, as people call it.</param>
/// <param name="From">Whose name it goes out in; null for the company's.</param>
/// <param name="To">Whom it reaches; null where there is no address.</param>
/// <param name="Subject">Null where the channel has no subject line.</param>
/// <param name="Text">What the script says.</param>
/// <param name="Outcome">What sending it counts as.</param>
public sealed record Draft(string Channel, string? From, string? To, string? Subject, string Text, string Outcome);

/// <summary>All that one step needs on the screen.</summary>
public sealed record Step(TaskItem Task, RunState Run, Subject Subject, string Playbook)
{
    /// <summary>Where in the process; null where the playbook belongs to no phase.</summary>
    public string? Phase { get; init; }

    /// <summary>The words to say; empty where the step has none.</summary>
    public IReadOnlyList<SpokenLine> Script { get; init; } = [];

    /// <summary>The script as a mail, where the step is to write one.</summary>
    public Written? Mail { get; init; }

    /// <summary>What can be written and sent from here; null where the step's channel is not set up or writes nothing.</summary>
    public Draft? Message { get; init; }

    /// <summary>Whether a provider is set up that calls at a press.</summary>
    public bool CanCall { get; init; }

    /// <summary>Why the script cannot be shown; null where it can.</summary>
    public string? ScriptProblem { get; init; }

    public IReadOnlyList<ObjectionCard> Objections { get; init; } = [];
    public IReadOnlyList<Discovered> Discovery { get; init; } = [];

    /// <summary>What the clock shows where the contact is; null where nobody knows where that is.</summary>
    public string? LocalTime { get; init; }

    /// <summary>The contact's zone by its tz name; null where nobody knows it.</summary>
    public string? Zone { get; init; }

    /// <summary>The last ones, latest first.</summary>
    public IReadOnlyList<Touch> Touches { get; init; } = [];

    /// <summary>What the sending policy says of doing it now; null where the step uses no channel.</summary>
    public SendingDecision? Leave { get; init; }

    /// <summary>What was done with the task so far, newest first.</summary>
    public IReadOnlyList<TaskMove> Moves { get; init; } = [];

    /// <summary>Names this screen's one answer: the same answer given twice is one.</summary>
    public string Key { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether the fields are questions to ask on the way, and not what one outcome needs.</summary>
    public bool IsDiscovery => Task.Request.Details.GetValueOrDefault("category") is "qualify" && Task.Request.Fields.Count > 0;

    public IReadOnlyDictionary<string, object?>? Facts(string name) => Subject.Facts.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?>;

    public string? Fact(string name, string member) => Facts(name)?.GetValueOrDefault(member) as string;

    /// <summary>The fields to show for an outcome: those that it needs, and those that are for any.</summary>
    public IReadOnlyList<FormField> FieldsFor(string outcome) =>
        [.. Task.Request.Fields.Where(field => field.RequiredFor.Count == 0 || field.RequiredFor.Contains(outcome, StringComparer.Ordinal))];

    /// <summary>Whether an outcome cannot be given without writing something down; a final no always offers to note the words.</summary>
    public bool Asks(string outcome) => Task.Request.Fields.Any(field => field.Required && (field.RequiredFor.Count == 0 || field.RequiredFor.Contains(outcome, StringComparer.Ordinal)))
        || (IsFinal(outcome) && FieldsFor(outcome).Count > 0);

    public static bool IsFinal(string outcome) => outcome == "Never contact";
}
