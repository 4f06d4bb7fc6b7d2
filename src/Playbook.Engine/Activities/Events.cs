using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

internal sealed class EventActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Event", "Primitives", "Event", "Wait for an event to be published.")
    {
        Inputs = [new("EventName", "String", "The name of the event to listen for.") { Required = true }],
        Outputs = [new("Result", "Object")],
        Waits = true,
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var name = turn.Input<string>(self, 0);
        if (turn.IsTriggeredBy(self))
            turn.Complete(self);
        else if (string.IsNullOrEmpty(name))
            throw new InvalidOperationException("The event has no name, so nothing can wake it; give it one.");
        else
            turn.Wait(self, Bookmark.Signal(name));
    }

    public override void Resume(Turn turn, ActivityExecution self, RunBookmark bookmark, Stimulus stimulus)
    {
        turn.SetOutput(self, "Result", (stimulus as Stimulus.Signalled)?.Payload);
        turn.Complete(self);
    }
}

internal sealed class PublishEventActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.PublishEvent", "Primitives", "Publish Event", "Publishes an event.")
    {
        Inputs =
        [
            new("EventName", "String", "The name of the event to publish.") { Required = true },
            new("CorrelationId", "String", "The correlation ID to scope the event to."),
            new("IsLocalEvent", "Boolean", "Whether the event is delivered only to this run."),
            new("Payload", "Object", "The input to send along."),
        ],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var name = turn.Input<string>(self, 0);
        if (string.IsNullOrEmpty(name))
            throw new InvalidOperationException("The event has no name; give it one.");
        var correlation = turn.Input<string>(self, 1);
        turn.Emit(self, new Effect.PublishSignal(name, turn.Input(self, 3)) { CorrelationId = string.IsNullOrWhiteSpace(correlation) ? null : correlation, OnlyThisRun = turn.Input<bool>(self, 2) });
        turn.Complete(self);
    }
}

internal sealed class RunTaskActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.RunTask", "Primitives", "Run Task", "Requests a given task to be run.")
    {
        Inputs = [new("TaskName", "String", "The name of the task being requested.") { Required = true }, new("Payload", "Object", "Any additional parameters to send to the task.")],
        Outputs = [new("TaskId", "String"), new("Result", "Object")],
        Waits = true,
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        if (string.IsNullOrWhiteSpace(turn.Input<string>(self, 0)))
            throw new InvalidOperationException("The task has no name, so no program could take it; give it one.");
        var bookmark = turn.Wait(self, Bookmark.Answer());
        turn.SetOutput(self, "TaskId", bookmark.Id);
        turn.Emit(self, new Effect.RequestWork("answer", turn.Input<string>(self, 0) ?? "", turn.Input(self, 1)));
    }

    public override void Resume(Turn turn, ActivityExecution self, RunBookmark bookmark, Stimulus stimulus)
    {
        turn.SetOutput(self, "Result", (stimulus as Stimulus.Answered)?.Value);
        turn.Complete(self);
    }
}
