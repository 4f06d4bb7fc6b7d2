using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>Children one after the other. A Break or a terminal child ends it.</summary>
internal sealed class SequenceActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Sequence", "Workflows", "Sequence", "Execute a set of activities in sequence.");

    public override bool StopsAtBreak => true;

    public override void Execute(Turn turn, ActivityExecution self)
    {
        Containers.Declare(turn, self);
        Next(turn, self);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes)
    {
        if (self.IsBreaking || turn.NodeOf(child).Description?.IsTerminal == true)
            turn.Complete(self);
        else
            Next(turn, self);
    }

    private static void Next(Turn turn, ActivityExecution self)
    {
        var children = turn.NodeOf(self).Children;
        if (self.Counter >= children.Count)
            turn.Complete(self);
        else
            turn.Schedule(self, children[(int)self.Counter++].Node);
    }
}

/// <summary>All children at once; done when every one is.</summary>
internal sealed class ParallelActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Parallel", "Workflows", "Parallel", "Execute a set of activities in parallel.");

    public override void Execute(Turn turn, ActivityExecution self)
    {
        Containers.Declare(turn, self);
        var children = turn.NodeOf(self).Children;
        self.Counter = children.Count;
        if (children.Count == 0)
            turn.Complete(self);
        foreach (var child in children)
            turn.Schedule(self, child.Node);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes)
    {
        if (--self.Counter == 0)
            turn.Complete(self);
    }
}

/// <summary>Holds one activity in a port, and is done when that is.</summary>
internal sealed class WrapperActivity(string type, string category, string displayName, string port) : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new(type, category, displayName, "Holds one activity.");

    public override void Execute(Turn turn, ActivityExecution self)
    {
        Containers.Declare(turn, self);
        if (turn.NodeOf(self).Child(port) is { } child)
            turn.Schedule(self, child);
        else
            turn.Complete(self);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes) => turn.Complete(self);
}

/// <summary>A workflow used as an activity: its variables and inputs are its own.</summary>
internal sealed class EmbeddedWorkflow : ActivityBehavior
{
    private const string OutputPrefix = "\u0001output:";

    public override ActivityDescription Description { get; } = new("Elsa.WorkflowDefinitionActivity", "Workflows", "Workflow", "A workflow used as an activity.");

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var embedded = turn.NodeOf(self).Embedded!;
        self.Locals ??= [];
        foreach (var variable in embedded.Variables)
            self.Locals.Add(Containers.Local(variable));
        turn.Schedule(self, turn.NodeOf(self).Children[0].Node);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes) => End(turn, self, null);

    /// <summary>Ends it as a Complete inside asks: through the outcomes named.</summary>
    internal static void End(Turn turn, ActivityExecution self, IReadOnlyList<string>? outcomes)
    {
        if (self.Memo is { } memo)
            foreach (var (name, value) in memo)
                if (name.StartsWith(OutputPrefix, StringComparison.Ordinal))
                    turn.SetOutput(self, name[OutputPrefix.Length..], value);
        turn.Complete(self, outcomes);
    }

    internal static void KeepOutput(ActivityExecution self, string name, object? value) => (self.Memo ??= [])[OutputPrefix + name] = value;
}

internal static class Containers
{
    /// <summary>Makes a container's own variables.</summary>
    public static void Declare(Turn turn, ActivityExecution self)
    {
        var variables = turn.NodeOf(self).Variables;
        if (variables.Count == 0)
            return;
        self.Locals ??= [];
        foreach (var variable in variables)
            self.Locals.Add(Local(variable));
    }

    public static LocalVariable Local(VariableDefinition variable) => new(variable.Id, variable.Name, variable.FullTypeName, VariableDefaults.ValueOf(variable));
}
