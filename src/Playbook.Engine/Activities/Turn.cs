using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>
/// How one kind of activity runs inside the engine. Built-in containers need more than a plugin's
/// <see cref="IActivity"/>: they schedule children and hear of their ends.
/// </summary>
public abstract class ActivityBehavior
{
    public abstract ActivityDescription Description { get; }

    /// <summary>Whether a Break ends it after its current child.</summary>
    public virtual bool StopsAtBreak => false;

    /// <summary>Whether a Break goes no further up, and a Complete deep inside cancels it.</summary>
    public virtual bool IsLoop => false;

    /// <summary>Whether inputs are evaluated before <see cref="Execute"/>; a plugin's are evaluated when it asks for them.</summary>
    public virtual bool EvaluatesInputs => true;

    public abstract void Execute(Turn turn, ActivityExecution self);

    /// <summary>A child that this execution scheduled has completed; only called while this execution has not ended.</summary>
    public virtual void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes)
    {
    }

    /// <summary>A child was cancelled while this execution had not ended.</summary>
    public virtual void ChildCanceled(Turn turn, ActivityExecution self, ActivityExecution child)
    {
    }

    /// <summary>One of its bookmarks was woken; that bookmark is gone when it returns.</summary>
    public virtual void Resume(Turn turn, ActivityExecution self, RunBookmark bookmark, Stimulus stimulus) => turn.Complete(self);
}

/// <summary>
/// One turn of a run while it is being taken: the state as it changes, the queue of scheduled work, and what has
/// happened so far. Activities work on it; nothing leaves it but through the transition made of it.
/// </summary>
public sealed partial class Turn(PlaybookDefinition definition, ActivityBehavior[] behaviors, ExpressionEvaluator evaluator, RunState state, DateTimeOffset now)
{
    [ThreadStatic]
    private static TurnScratch? s_scratch;

    // A turn is short and never nested: what it gathers is gathered in one place per thread, and copied once at its end.
    private readonly TurnScratch _scratch = TurnScratch.Take(ref s_scratch);
    private RunBookmark? _resumed;

    public PlaybookDefinition Definition => definition;
    public RunState State => state;
    public DateTimeOffset Now => now;
    public ExpressionEvaluator Evaluator => evaluator;
    internal TurnEffects Effects { get; } = new(state, now);

    /// <summary>The activity that triggers the run in this turn; null for none, and once it has run.</summary>
    internal string? Trigger { get; set; }

    /// <summary>The outcomes that a Complete gave the run as a whole.</summary>
    public IReadOnlyList<string>? CompletedWith { get; set; }

    /// <summary>How many characters of text this turn has recorded.</summary>
    public long TextWritten { get; private set; }

    /// <summary>How many activities were executed in this turn.</summary>
    public int Executed { get; private set; }

    public ActivityNode NodeOf(ActivityExecution execution) => definition.Nodes[execution.Node];

    internal ActivityBehavior BehaviorOf(ActivityExecution execution) => behaviors[execution.Node];

    internal Queue<WorkItem> Scheduled => _scratch.Queue;

    internal bool HasScheduled => _scratch.Queue.Count > 0;

    internal FlowGraph GraphOf(ActivityExecution flowchart)
    {
        var graph = NodeOf(flowchart).Flow!;
        return state.TriggerActivityId is { } trigger ? graph.StartingAt(trigger) : graph;
    }

    // ---- waiting

    /// <summary>Makes an execution wait for something.</summary>
    public RunBookmark Wait(ActivityExecution execution, Bookmark bookmark)
    {
        var node = NodeOf(execution);
        return Effects.Add(execution, node.Id, node.Type, bookmark);
    }

    /// <summary>Takes back what an execution waits for, but for the bookmark that it is being resumed from.</summary>
    internal void WaitForNothing(ActivityExecution execution)
    {
        for (var i = state.Bookmarks.Count - 1; i >= 0; i--)
            if (state.Bookmarks[i].Execution == execution.Id && !ReferenceEquals(state.Bookmarks[i], _resumed))
                Effects.Remove(state.Bookmarks[i]);
    }

    /// <summary>Whether an execution has a bookmark other than the one it is being resumed from.</summary>
    internal bool IsWaiting(ActivityExecution execution)
    {
        foreach (var bookmark in state.Bookmarks)
            if (bookmark.Execution == execution.Id && !ReferenceEquals(bookmark, _resumed))
                return true;
        return false;
    }

    /// <summary>Asks something of the world, to be done after the commit.</summary>
    public void Emit(ActivityExecution execution, Effect effect) => Effects.Emit(execution, NodeOf(execution).Id, effect);

    // ---- scheduling

    /// <summary>Puts an activity behind whatever is scheduled already.</summary>
    public void Schedule(ActivityExecution? owner, ActivityNode node, List<LocalVariable>? locals = null, bool byBackwardConnection = false) =>
        _scratch.Queue.Enqueue(new WorkItem(node.Index, owner, locals, byBackwardConnection));

    internal bool RunNext()
    {
        if (!_scratch.Queue.TryDequeue(out var item))
            return false;
        Executed++;
        Invoke(Begin(item), null, null);
        return true;
    }

    private ActivityExecution Begin(WorkItem item)
    {
        var execution = new ActivityExecution
        {
            Id = state.NextExecution++,
            Node = item.Node,
            Parent = item.Owner,
            Locals = item.Locals,
            ByBackwardConnection = item.ByBackwardConnection,
        };
        state.Executions.Add(execution);
        return execution;
    }

    /// <summary>Runs or resumes an execution, turning what it throws into a fault.</summary>
    internal void Invoke(ActivityExecution execution, RunBookmark? bookmark, Stimulus? stimulus)
    {
        var node = NodeOf(execution);
        // Elsa says Resumed wherever a bookmark of that activity stands, be it another iteration's.
        Log(Effects.HasBookmark(node.Id) ? RunEventKind.Resumed : RunEventKind.Started, execution);
        try
        {
            if (bookmark is null)
            {
                EvaluateInputs(execution, node);
                execution.Status = ActivityStatus.Running;
                BehaviorOf(execution).Execute(this, execution);
            }
            else
            {
                execution.Status = ActivityStatus.Running;
                _resumed = bookmark;
                Effects.Waking = bookmark;
                BehaviorOf(execution).Resume(this, execution, bookmark, stimulus!);
                Effects.Remove(bookmark);
            }

            if (execution.Status == ActivityStatus.Running && Effects.HasBookmark(node.Id))
                Log(RunEventKind.Suspended, execution);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            Fault(execution, e.Message);
        }
        finally
        {
            Effects.Waking = null;
        }
    }

    /// <summary>Whether the run was triggered by this activity just now; true once, so that a loop back to it waits.</summary>
    public bool IsTriggeredBy(ActivityExecution execution)
    {
        if (Trigger is null || Trigger != NodeOf(execution).Id)
            return false;
        Trigger = null;
        return true;
    }

    // ---- ends

    /// <summary>
    /// Ends an execution through <paramref name="outcomes"/> (null: <c>Done</c>, not recorded). Its unfinished children
    /// are cancelled first, then its owner hears of it. Does nothing where it is not running.
    /// </summary>
    public void Complete(ActivityExecution execution, IReadOnlyList<string>? outcomes = null)
    {
        if (execution.Status != ActivityStatus.Running || execution.IsCompleting)
            return;
        execution.IsCompleting = true;
        CancelChildren(execution);
        execution.IsCompleting = false;
        execution.Status = ActivityStatus.Completed;
        state.Executions.Remove(execution);
        if (outcomes is not null)
            _scratch.Events.Add(new RunEvent(RunEventKind.Completed, NodeOf(execution).Id, NodeOf(execution).EventType, execution.Id) { Outcomes = outcomes });
        else
            Log(RunEventKind.Completed, execution);
        if (execution.Parent is { } parent && !execution.IsDetached && parent.Status is ActivityStatus.Running or ActivityStatus.Faulted)
            BehaviorOf(parent).ChildCompleted(this, parent, execution, outcomes);
        Effects.RemoveAll(execution);
    }

    /// <summary>Cancels an execution and what it started; its owner hears of it.</summary>
    public void Cancel(ActivityExecution execution)
    {
        if (!execution.IsLive)
            return;
        execution.Status = ActivityStatus.Canceled;
        state.Executions.Remove(execution);
        Effects.RemoveAll(execution);
        Log(RunEventKind.Canceled, execution);
        if (execution.Parent is { Status: ActivityStatus.Running } parent)
            BehaviorOf(parent).ChildCanceled(this, parent, execution);
        CancelChildren(execution);
    }

    private void CancelChildren(ActivityExecution execution)
    {
        if (!HasLiveChild(execution))
            return;
        foreach (var child in state.Executions.Where(e => e.Parent == execution).ToList())
            Cancel(child);
    }

    private bool HasLiveChild(ActivityExecution execution)
    {
        var executions = state.Executions;
        for (var i = executions.Count - 1; i >= 0; i--)
            if (executions[i].Parent == execution)
                return true;
        return false;
    }

    /// <summary>Ends the run at once: nothing scheduled, nothing waited for, nobody told.</summary>
    public void FinishRun()
    {
        _scratch.Queue.Clear();
        foreach (var execution in state.Executions)
            execution.IsDetached = true;
        Effects.RemoveAll();
        RunLifecycle.Move(state, RunSubStatus.Finished, now);
    }

    /// <summary>What happened; ends the turn.</summary>
    internal RunEvent[] TakeEvents()
    {
        var events = _scratch.Events.ToArray();
        _scratch.GiveBack(ref s_scratch);
        return events;
    }
}
