using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>Starts another workflow and, where asked, waits for its end: DispatchWorkflow and ExecuteWorkflow.</summary>
internal sealed class StartWorkflowActivity(string type, string displayName, string text, bool reportsStatus) : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new(type, "Composition", displayName, text)
    {
        Inputs =
        [
            new("WorkflowDefinitionId", "String", "The definition ID of the workflow.") { Required = true, Editor = "workflow-definition-picker", References = "playbook" },
            new("CorrelationId", "String", "The correlation ID to associate the workflow with."),
            new("Input", "ObjectDictionary", "The input to send to the workflow."),
            new("WaitForCompletion", "Boolean", "Wait for the workflow to complete before completing this activity.") { Default = false },
        ],
        Outputs = [new("Result", "Object")],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var wait = turn.Input<bool>(self, 3);
        if (wait)
            turn.Wait(self, Bookmark.Run());
        turn.Emit(self, Dispatching.Start(turn, self, "run", null));
        if (!wait)
            turn.Complete(self);
    }

    public override void Resume(Turn turn, ActivityExecution self, RunBookmark bookmark, Stimulus stimulus)
    {
        if (stimulus is Stimulus.RunFinished { SubStatus: "Faulted", RunId: var child, Output: var output } && child == Guid.Empty)
            throw new InvalidOperationException(output.GetValueOrDefault("error") as string ?? "The workflow could not be started.");
        if (stimulus is Stimulus.RunFinished finished)
            turn.SetOutput(self, "Result", reportsStatus ? Dispatching.Report(finished) : finished.Output);
        turn.Complete(self);
    }
}

/// <summary>Starts a workflow for each item.</summary>
internal sealed class BulkDispatchActivity : ActivityBehavior
{
    private static readonly string[] Done = ["Done"];
    private static readonly string[] CompletedAndDone = ["Completed", "Done"];

    public override ActivityDescription Description { get; } = new("Elsa.BulkDispatchWorkflows", "Composition", "Bulk Dispatch Workflows", "Create new workflow instances for each item in the data source.")
    {
        Inputs =
        [
            new("WorkflowDefinitionId", "String", "The definition ID of the workflows to dispatch.") { Required = true, Editor = "workflow-definition-picker", References = "playbook" },
            new("CorrelationId", "String", "The correlation ID to associate the workflows with."),
            new("Input", "ObjectDictionary", "The input to send to the workflows."),
            new("WaitForCompletion", "Boolean", "Wait for the dispatched workflows to complete before completing this activity.") { Default = true },
            new("Items", "Object", "The items to dispatch a workflow for."),
            new("DefaultItemInputKey", "String", "The input name for an item that is no dictionary.") { Default = "Item" },
        ],
        Outcomes = ["Completed", "Canceled", "Done"],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var items = Looping.Items(turn.Input(self, 4));
        var wait = turn.Input<bool>(self, 3);
        self.Counter = items.Count;
        for (var i = 0; i < items.Count; i++)
        {
            var key = $"run{i}";
            if (wait)
                turn.Wait(self, Bookmark.Run(key));
            turn.Emit(self, Dispatching.Start(turn, self, key, items[i] as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?> { [turn.Input<string>(self, 5) ?? "Item"] = items[i] }));
        }

        if (!wait || items.Count == 0)
            turn.Complete(self, Done);
    }

    public override void Resume(Turn turn, ActivityExecution self, RunBookmark bookmark, Stimulus stimulus)
    {
        var faulted = stimulus is Stimulus.RunFinished { SubStatus: "Faulted" };
        if (turn.NodeOf(self).Child(faulted ? "childFaulted" : "childCompleted") is { } child && stimulus is Stimulus.RunFinished finished)
            turn.Schedule(self, child, [new LocalVariable("ChildInstanceId", "ChildInstanceId", "String", finished.RunId.ToString("N"))]);
        else
            OneLess(turn, self);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes) => OneLess(turn, self);

    private static void OneLess(Turn turn, ActivityExecution self)
    {
        if (--self.Counter == 0)
            turn.Complete(self, CompletedAndDone);
    }
}

internal static class Dispatching
{
    public static Effect.StartRun Start(Turn turn, ActivityExecution self, string key, IReadOnlyDictionary<string, object?>? item)
    {
        var definitionId = turn.Input<string>(self, 0);
        if (string.IsNullOrWhiteSpace(definitionId))
            throw new InvalidOperationException("No workflow is named to start; choose one.");
        var input = new Dictionary<string, object?>();
        if (ValueConversion.To(turn.Input(self, 2), "ObjectDictionary") is IReadOnlyDictionary<string, object?> given)
            foreach (var (name, value) in given)
                input[name] = value;
        input["ParentInstanceId"] = turn.State.Id.ToString("N");
        if (item is not null)
            foreach (var (name, value) in item)
                input[name] = value;
        var correlation = turn.Input<string>(self, 1);
        return new Effect.StartRun(key, definitionId) { Input = input, CorrelationId = string.IsNullOrWhiteSpace(correlation) ? null : correlation };
    }

    /// <summary>Elsa's result object; its scripts read it in either case, as in <c>getResult().output</c>.</summary>
    public static Dictionary<string, object?> Report(Stimulus.RunFinished finished)
    {
        var report = new Dictionary<string, object?>
        {
            ["WorkflowInstanceId"] = finished.RunId.ToString("N"),
            ["Status"] = "Finished",
            ["SubStatus"] = finished.SubStatus,
            ["Output"] = finished.Output,
        };
        foreach (var (name, value) in report.ToList())
            report[char.ToLowerInvariant(name[0]) + name[1..]] = value;
        return report;
    }
}
