using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>An activity that only says that the flow passed: Start, End.</summary>
internal sealed class MarkerActivity(string type, string displayName, string text, bool isTerminal) : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new(type, "Flow", displayName, text) { IsTerminal = isTerminal };

    public override void Execute(Turn turn, ActivityExecution self) => turn.Complete(self);
}

internal sealed class FinishActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Finish", "Primitives", "Finish", "Mark the workflow as finished.") { IsTerminal = true };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        turn.FinishRun();
        turn.Complete(self);
        turn.State.Executions.Clear();
    }
}

internal sealed class CompleteActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Complete", "Composition", "Complete", "Signals the current composite activity to complete itself as a whole.")
    {
        Inputs = [new("Outcomes", "Object", "The outcomes to complete with.") { Editor = "outcome-picker" }],
        IsTerminal = true,
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var outcomes = Outcomes(turn.Input(self, 0));
        var whole = self.Parent;
        while (whole is not null && turn.NodeOf(whole).Embedded is null)
            whole = whole.Parent;
        if (whole is { Status: ActivityStatus.Running })
        {
            // What ends on the way must not end the whole before it leaves through these outcomes.
            whole.IsCompleting = true;
            EndInside(turn, self, whole);
            whole.IsCompleting = false;
            EmbeddedWorkflow.End(turn, whole, outcomes);
            return;
        }

        EndInside(turn, self, whole);
        if (whole is null)
            turn.CompletedWith = outcomes;
        // Mostly the root; where that has ended already, what still runs of it around this activity.
        ActivityExecution? outermost = null;
        for (var ancestor = self.Parent; ancestor != whole; ancestor = ancestor!.Parent)
            if (ancestor!.Status == ActivityStatus.Running)
                outermost = ancestor;
        if (outermost is not null)
            turn.Cancel(outermost);
    }

    /// <summary>Loops on the way are cancelled from the inside out, and with them this activity.</summary>
    private static void EndInside(Turn turn, ActivityExecution self, ActivityExecution? whole)
    {
        for (var ancestor = self.Parent; ancestor != whole; ancestor = ancestor!.Parent)
            if (turn.BehaviorOf(ancestor!).IsLoop)
                CancelInsideOut(turn, ancestor!);
        turn.Complete(self);
    }

    private static void CancelInsideOut(Turn turn, ActivityExecution execution)
    {
        foreach (var child in turn.State.Executions.Where(e => e.Parent == execution).ToList())
            CancelInsideOut(turn, child);
        turn.Cancel(execution);
    }

    private static string[] Outcomes(object? value) => value switch
    {
        string one => [one],
        IEnumerable<object?> many => [.. many.Select(o => ValueConversion.To(o, "String") as string ?? "")],
        _ => ["Done"],
    };
}

internal sealed class FaultActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Fault", "Primitives", "Fault", "Faults the workflow.")
    {
        Inputs =
        [
            new("Code", "String", "Code to categorize the fault."),
            new("Category", "String", "Category to categorize the fault."),
            new("FaultType", "String", "The type of fault."),
            new("Message", "String", "The message to include with the fault."),
        ],
    };

    public override void Execute(Turn turn, ActivityExecution self) =>
        throw new InvalidOperationException(turn.Input<string>(self, 3) ?? $"The playbook stopped here with fault {turn.Input<string>(self, 0) ?? "0"}.");
}

internal sealed class NotFoundActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.NotFoundActivity", "System", "Not Found Activity", "Stands for an activity whose type is not known.");

    public override void Execute(Turn turn, ActivityExecution self) =>
        throw new InvalidOperationException($"The activity type '{turn.NodeOf(self).Type}' is not known here: install the plugin that brings it, or replace the activity.");
}

internal sealed class WriteLineActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.WriteLine", "Console", "Write Line", "Write a line of text to the console.")
    {
        Inputs = [new("Text", "String", "The text to write.")],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        turn.Record(self, RunEventKind.LineWritten, turn.Input<string>(self, 0));
        turn.Complete(self);
    }
}

internal sealed class SetVariableActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.SetVariable", "Primitives", "Set Variable", "Assign a value to a workflow variable.")
    {
        Inputs =
        [
            new("Variable", "Object", "The variable to assign the value to.") { Editor = "variable-picker", SelfEvaluated = true },
            new("Value", "Object", "The value to assign."),
        ],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var id = turn.NodeOf(self).Json["variable"] is System.Text.Json.Nodes.JsonObject variable ? JsonRead.Text(variable["id"]) : null;
        if (id is null || !turn.ScopeOf(self).TrySetVariable(id, turn.Input(self, 1)))
            throw new InvalidOperationException($"Variable '{id}' not found.");
        turn.Complete(self);
    }
}

internal sealed class SetNameActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.SetName", "Primitives", "Set Name", "Set the name of the workflow instance to a specified value.")
    {
        Inputs = [new("Value", "String", "The name.")],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        turn.State.Name = turn.Input<string>(self, 0);
        turn.Complete(self);
    }
}

internal sealed class CorrelateActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Correlate", "Primitives", "Correlate", "Set the CorrelationId of the workflow to a given value.")
    {
        Inputs = [new("CorrelationId", "String", "The correlation id.")],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        turn.State.CorrelationId = turn.Input<string>(self, 0);
        turn.Complete(self);
    }
}

internal sealed class SetOutputActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.SetOutput", "Composition", "Set Output", "Sets the output of the workflow.")
    {
        Inputs = [new("OutputName", "String", "The name of the output.") { Editor = "output-picker" }, new("OutputValue", "Object", "Its value.")],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var name = turn.Input<string>(self, 0);
        if (!string.IsNullOrEmpty(name))
        {
            var owner = self.Parent;
            while (owner is not null && turn.NodeOf(owner).Embedded is null)
                owner = owner.Parent;
            if (owner is not null)
                EmbeddedWorkflow.KeepOutput(owner, name, turn.Input(self, 1));
            else
                (turn.State.Output ??= [])[name] = turn.Input(self, 1);
        }

        turn.Complete(self);
    }
}

internal sealed class RunJavaScriptActivity : ActivityBehavior
{
    private static readonly string[] Done = ["Done"];

    public override ActivityDescription Description { get; } = new("Elsa.RunJavaScript", "Scripting", "Run JavaScript", "Executes JavaScript code")
    {
        Inputs =
        [
            new("Script", "String", "The script to run.") { Editor = "code-editor" },
            new("PossibleOutcomes", "String[]", "The outcomes that the script may set.") { Editor = "dynamic-outcomes" },
        ],
        Outputs = [new("Result", "Object")],
        OutcomesFrom = "PossibleOutcomes",
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var script = turn.Input<string>(self, 0);
        IReadOnlyList<string>? outcomes = null;
        if (!string.IsNullOrWhiteSpace(script))
        {
            var scope = turn.ScopeOf(self);
            var result = turn.Evaluator.EvaluateScript(script, scope, out outcomes);
            scope.TakeOver();
            turn.SetOutput(self, "Result", result);
        }

        turn.Complete(self, outcomes ?? Done);
    }
}

/// <summary>Known, so that a definition that holds it keeps its shape; C# is not run here.</summary>
internal sealed class RunCSharpActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.RunCSharp", "Scripting", "Run C#", "Executes C# code: not run here, use RunJavaScript.")
    {
        Inputs =
        [
            new("Script", "String", "The script.") { Editor = "code-editor" },
            new("PossibleOutcomes", "String[]", "The outcomes that the script may set.") { Editor = "dynamic-outcomes" },
        ],
        Outputs = [new("Result", "Object")],
        OutcomesFrom = "PossibleOutcomes",
    };

    public override void Execute(Turn turn, ActivityExecution self) =>
        throw new InvalidOperationException("C# is not run here, because it could do anything to this machine. Write the step in JavaScript.");
}
