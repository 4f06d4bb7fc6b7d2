using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Server.Api.Runs;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>
/// Reads a run's way from its journal. The journal names an activity by its id and says when a turn was; which of several
/// activities with that id it was, and in which container it ran, follows from what was open at the time.
/// </summary>
internal sealed class PathReader
{
    private readonly RunState _state;
    private readonly PlaybookDefinition? _definition;
    private readonly NodeIds _nodeIds;
    private readonly ILookup<string, ActivityNode>? _nodes;
    private readonly Dictionary<int, ActivityExecution> _live;
    private readonly Dictionary<int, ExecutionStep> _steps = [];
    private readonly Dictionary<ActivityNode, List<ExecutionStep>> _open = [];
    private readonly List<JournalLine> _lines = [];
    private readonly ExecutionStep _run;

    private PathReader(RunState state, PlaybookDefinition? definition)
    {
        _state = state;
        _definition = definition;
        _nodeIds = new NodeIds(definition);
        _nodes = definition?.Nodes.ToLookup(node => node.Id, StringComparer.Ordinal);
        _live = RunLifecycle.IsOver(state) ? [] : state.Executions.ToDictionary(execution => execution.Id);
        _steps[0] = _run = new ExecutionStep(0, _nodeIds.Run, "Elsa.Workflow", null, _nodeIds.Run, null, state.CreatedAt);
    }

    /// <param name="state">The run.</param>
    /// <param name="history">Its turns; those after <paramref name="state"/> are left out.</param>
    /// <param name="definition">Its version of the playbook; null where that is gone.</param>
    public static RunPath Read(RunState state, IReadOnlyList<JournalEntry> history, PlaybookDefinition? definition)
    {
        var reader = new PathReader(state, definition);
        var words = definition is null ? null : new HistoryWords(definition);
        foreach (var turn in history.Where(turn => turn.Revision <= state.Revision))
            reader.Read(turn, words);
        reader.End();
        return new RunPath(state, definition, reader._nodeIds, [.. reader._steps.Values.OrderBy(step => step.Number)], reader._lines);
    }

    private void Read(JournalEntry turn, HistoryWords? words)
    {
        if (_lines.Count == 0)
            Add(_run, turn.At, "Started");
        if (turn.Stimulus is Stimulus.Repaired { Skip: false } repaired && _state.Incidents.Find(incident => incident.Id == repaired.IncidentId) is { } incident
            && _steps.TryGetValue(incident.Execution, out var failed))
            Stand(failed, ActivityStatus.Faulted, turn.At);
        var isWoken = turn.Stimulus.BookmarkId is not null;
        foreach (var happened in turn.Events)
        {
            var step = StepOf(happened, turn.At);
            var woken = isWoken && happened.Kind == RunEventKind.Resumed;
            Apply(happened, step, turn.At);
            if (woken)
                Answer(step, turn.Stimulus);
            // What woke the run stands with the activity that it woke, once.
            isWoken &= !woken;
            Add(step, turn.At, EventOf(happened), woken ? words?.Tell(turn).Because : happened.Text, happened.Data);
        }
    }

    private void End()
    {
        foreach (var (number, execution) in _live)
            if (_steps.TryGetValue(number, out var step))
            {
                step.Live = execution;
                Stand(step, execution.Status, null);
            }

        foreach (var bookmark in _state.Bookmarks)
            if (_steps.TryGetValue(bookmark.Execution, out var step))
                step.HasBookmarks = true;
        EndRun();
        foreach (var step in _steps.Values)
            for (var at = step; at is not null && step.OwnFaults > 0; at = at.Parent)
                at.Faults += step.OwnFaults;
        if (_state.Results is { } results)
            foreach (var step in _steps.Values.Where(step => step.Status == ActivityStatus.Completed).GroupBy(step => step.Node).Select(steps => steps.Last()))
                AddResults(step, results);
    }

    private void EndRun()
    {
        var status = _state.SubStatus switch
        {
            RunSubStatus.Finished => ActivityStatus.Completed,
            RunSubStatus.Cancelled => ActivityStatus.Canceled,
            RunSubStatus.Faulted => ActivityStatus.Faulted,
            _ => ActivityStatus.Running,
        };
        if (!RunLifecycle.IsOver(_state))
        {
            _run.Stand(status, null);
            return;
        }

        var end = _state.FinishedAt ?? _state.UpdatedAt;
        // A Finish ends the run at once: what was around it was done then, and what still waited was cut off.
        foreach (var step in _steps.Values.Where(step => step != _run && step.IsOpen))
            Stand(step, step.Children > 0 && status == ActivityStatus.Completed ? ActivityStatus.Completed : ActivityStatus.Canceled, end);
        _run.Stand(status, end);
        Add(_run, end, status.ToString());
    }

    private ExecutionStep StepOf(RunEvent happened, DateTimeOffset at)
    {
        if (_steps.TryGetValue(happened.Execution, out var known))
            return known;
        var live = _live.GetValueOrDefault(happened.Execution);
        var node = live is not null && _definition is not null && live.Node < _definition.Nodes.Count ? _definition.Nodes[live.Node] : NodeOf(happened);
        var parent = live?.Parent is { } container && _steps.TryGetValue(container.Id, out var around) ? around : ParentOf(node);
        var step = new ExecutionStep(happened.Execution, happened.ActivityId, happened.ActivityType, node, _nodeIds.Of(node, happened.ActivityId), parent, at);
        step.EnterParent();
        OpenOf(node).Add(step);
        return _steps[happened.Execution] = step;
    }

    private ActivityNode? NodeOf(RunEvent happened)
    {
        var candidates = _nodes?[happened.ActivityId].ToList() ?? [];
        return candidates.Count <= 1
            ? candidates.FirstOrDefault()
            : candidates.Find(node => node.EventType == happened.ActivityType && OpenOf(node.Parent).Count > 0)
                ?? candidates.Find(node => node.EventType == happened.ActivityType) ?? candidates[0];
    }

    /// <summary>Containers take turns, so that of several the one with the fewest children had its turn.</summary>
    private ExecutionStep ParentOf(ActivityNode? node)
    {
        for (var container = node?.Parent; container is not null; container = container.Parent)
            if (OpenOf(container).MinBy(step => (step.OpenChildren, step.Children, step.Number)) is { } parent)
                return parent;
        return _run;
    }

    private List<ExecutionStep> OpenOf(ActivityNode? node)
    {
        if (node is null)
            return [];
        if (!_open.TryGetValue(node, out var steps))
            _open[node] = steps = [];
        return steps;
    }

    private void Stand(ExecutionStep step, ActivityStatus status, DateTimeOffset? endedAt)
    {
        if (step.IsOpen != endedAt is null)
        {
            if (endedAt is null)
                OpenOf(step.Node).Add(step);
            else
                OpenOf(step.Node).Remove(step);
        }

        step.Stand(status, endedAt);
    }

    private void Apply(RunEvent happened, ExecutionStep step, DateTimeOffset at)
    {
        switch (happened.Kind)
        {
            case RunEventKind.Completed:
                Stand(step, ActivityStatus.Completed, at);
                step.Outcomes = happened.Outcomes ?? step.Outcomes;
                break;
            case RunEventKind.Canceled:
                Stand(step, ActivityStatus.Canceled, at);
                break;
            case RunEventKind.Faulted:
                Stand(step, ActivityStatus.Faulted, null);
                step.Fault = happened.Text;
                step.OwnFaults++;
                break;
            case RunEventKind.LineWritten:
                step.Lines.Add(happened.Text ?? "");
                break;
            case RunEventKind.Fact:
                step.Facts.Add(new Dictionary<string, object?> { ["Name"] = happened.Text, ["Data"] = happened.Data });
                break;
        }
    }

    private static void Answer(ExecutionStep step, Stimulus stimulus)
    {
        IEnumerable<(string Name, object? Value)> outputs = stimulus switch
        {
            Stimulus.TaskCompleted task => [("Outcome", task.Outcome), ("Fields", task.Fields), ("By", task.By)],
            Stimulus.Signalled signal => [("Result", signal.Payload)],
            Stimulus.Answered answer => [("Result", answer.Value)],
            Stimulus.RunFinished run => [("Result", run.Output)],
            Stimulus.Replied reply => [("Text", reply.Text), ("Channel", reply.Channel)],
            Stimulus.AutoReplied away => [("Text", away.Text), ("Channel", away.Channel), ("ReturnsAt", away.ReturnsAt)],
            Stimulus.Unsubscribed no => [("Text", no.Wording), ("Channel", no.Channel)],
            Stimulus.Complained complained => [("Channel", complained.Channel)],
            Stimulus.ContactAnswered answer => [("Answer", answer.Answer), ("Data", answer.Data)],
            Stimulus.Rejected rejected => [("Reason", rejected.Reason)],
            Stimulus.Bounced bounced => [("Reason", bounced.Reason)],
            _ => [],
        };
        foreach (var (name, value) in outputs)
            step.Outputs[name] = value;
    }

    private static void AddResults(ExecutionStep step, Dictionary<string, object?> results)
    {
        // Kept by activity, not by execution: they are those of the last one that ended.
        foreach (var output in step.Node?.Description?.Outputs ?? [])
            if (results.TryGetValue($"{step.ActivityId}:{output.Name}", out var value))
                step.Outputs[output.Name] = value;
    }

    private static string EventOf(RunEvent happened) => happened.Kind == RunEventKind.Fact ? happened.Text ?? nameof(RunEventKind.Fact) : happened.Kind.ToString();

    private void Add(ExecutionStep step, DateTimeOffset at, string happened, string? message = null, IReadOnlyDictionary<string, object?>? payload = null) =>
        _lines.Add(new JournalLine(_lines.Count, step, at, happened, message, payload));
}
