using System.Globalization;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Sales.Scenarios;

/// <summary>How much a line of a trial's path matters to the reader.</summary>
public enum TrialLineKind
{
    /// <summary>A person or the contact did something, or a wait ended.</summary>
    Step,

    /// <summary>A message went, or was kept back.</summary>
    Message,

    /// <summary>Something that is stated about the contact or the sale.</summary>
    Fact,

    /// <summary>The playbook decided or noted something by itself.</summary>
    Quiet,

    /// <summary>It went wrong.</summary>
    Problem,
}

/// <summary>One line of the path that a trial took.</summary>
/// <param name="Move">Which move it belongs to, from 0 for the start.</param>
/// <param name="Title">The activity as the drawing names it.</param>
/// <param name="What">What happened, in a few words; empty where the title says it all.</param>
public sealed record TrialLine(int Move, DateTimeOffset At, string ActivityId, TrialLineKind Kind, string Title, string What)
{
    public TrialMessage? Message { get; init; }
}

/// <summary>Tells the path of a trial in a salesperson's words.</summary>
public sealed class TrialPath(TrialSession session)
{
    private static readonly HashSet<string> Frames = new(StringComparer.Ordinal)
    {
        "Elsa.Flowchart", "Elsa.Sequence", "Elsa.Workflow", "Elsa.Start", "Elsa.FlowJoin", "Elsa.FlowFork", "Elsa.Parallel", "Playbook.SetPhase", "Playbook.SendMessage", "Playbook.StartPlaybook",
    };

    private readonly PlaybookDefinition _definition = session.Playbook.Definition;

    public IReadOnlyList<TrialLine> Lines()
    {
        var lines = new List<TrialLine>();
        var turns = session.Trial.Transitions;
        for (var turn = 0; turn <= turns.Count; turn++)
        {
            AddMessages(lines, turn);
            if (turn < turns.Count)
                foreach (var happened in turns[turn].Events)
                    if (Line(happened, turns[turn], session.MoveOf(turn)) is { } line)
                        lines.Add(line);
        }

        return lines;
    }

    private void AddMessages(List<TrialLine> lines, int turn)
    {
        foreach (var message in session.Trial.Messages.Where(m => m.AfterTurns == turn))
            lines.Add(new TrialLine(session.MoveOf(turn - 1), message.At, message.ActivityId, TrialLineKind.Message, Title(message.ActivityId), Fate(message)) { Message = message });
        foreach (var start in session.Trial.Starts.Where(s => s.AfterTurns == turn))
            lines.Add(new TrialLine(session.MoveOf(turn - 1), start.At, "", TrialLineKind.Fact, $"The playbook '{start.DefinitionId}' would begin", ""));
    }

    private static string Fate(TrialMessage message) => message.Fate switch
    {
        TrialFate.Bounced => $"comes back: {message.Why}",
        TrialFate.Refused => $"is not sent: {message.Why}",
        _ => $"would go by {message.Channel}{(message.Why is null ? "" : $". {message.Why}")}",
    };

    private TrialLine? Line(RunEvent happened, Transition turn, int move)
    {
        var line = new TrialLine(move, turn.At, happened.ActivityId, TrialLineKind.Quiet, Title(happened.ActivityId), "");
        switch (happened.Kind)
        {
            case RunEventKind.Completed when happened.ActivityId == _definition.Root.Id || Frames.Contains(happened.ActivityType):
                return null;
            case RunEventKind.Completed:
                return line with { Kind = IsWork(happened) ? TrialLineKind.Step : TrialLineKind.Quiet, What = Outcome(happened, turn) };
            case RunEventKind.Faulted:
                return line with { Kind = TrialLineKind.Problem, What = happened.Text ?? "failed" };
            case RunEventKind.Canceled when IsWork(happened):
                return line with { What = "is no longer needed" };
            case RunEventKind.LineWritten:
                return line with { What = happened.Text ?? "" };
            case RunEventKind.Fact:
                return line with { Kind = TrialLineKind.Fact, Title = Fact(happened), What = "" };
            default:
                return null;
        }
    }

    private bool IsWork(RunEvent happened) => _definition.Find(happened.ActivityId)?.Description is { } description && (description.IsHumanStep || description.Waits);

    private static string Outcome(RunEvent happened, Transition turn) => (happened.Outcomes, turn.Stimulus) switch
    {
        ({ Count: > 0 } outcomes, _) => string.Join(", ", outcomes.Select(Plain)),
        (_, Playbook.Abstractions.Stimulus.Due) => "the time had come",
        _ => "",
    };

    private static string Plain(string outcome) => outcome switch { "True" => "yes", "False" => "no", "Done" => "done", _ => outcome };

    private static string Fact(RunEvent fact)
    {
        string? Of(string name) => Convert.ToString(fact.Data?.GetValueOrDefault(name), CultureInfo.InvariantCulture);
        return fact.Text switch
        {
            "PhaseChanged" => $"Phase: {Of("phase")?.Replace('-', ' ')}",
            "ConsentGiven" => "The contact agreed to get e-mail",
            "ContactRefused" => "The contact wants no more contact",
            "VariantAssigned" => $"Variant {Of("variant")} of {Of("experiment")}",
            "AppointmentBooked" => $"Meeting booked{(Of("start") is { Length: > 0 } start ? $" for {start}" : "")}",
            "GoalReached" => $"Goal reached: {Of("goal")}",
            "BatonPassed" => "Hand-over offered",
            "BatonAccepted" => "Hand-over accepted",
            "BatonReturned" => $"Hand-over returned: {Of("reason")}",
            _ => fact.Text ?? "",
        };
    }

    private string Title(string activityId) => ActivityTitle.Of(_definition, activityId);
}
