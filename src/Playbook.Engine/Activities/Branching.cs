using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

internal sealed class IfActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.If", "Branching", "If", "Evaluate a Boolean condition to determine which activity to execute next.")
    {
        Inputs = [new("Condition", "Boolean", "The condition to evaluate.")],
        Outputs = [new("Result", "Boolean")],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var result = turn.Input<bool>(self, 0);
        turn.SetOutput(self, "Result", result);
        if (turn.NodeOf(self).Child(result ? "then" : "else") is { } branch)
            turn.Schedule(self, branch);
        else
            turn.Complete(self);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes) => turn.Complete(self);
}

/// <summary>Cases with a label and a condition, as Switch and FlowSwitch have them.</summary>
internal static class Cases
{
    public static List<(int Index, string Label)> Matching(Turn turn, ActivityExecution self, bool firstOnly)
    {
        var matching = new List<(int, string)>();
        var index = 0;
        foreach (var @case in JsonRead.Objects(turn.NodeOf(self).Json["cases"]))
        {
            if (JsonRead.Expression(@case["condition"]) is { } condition && turn.Evaluate(self, condition, "Boolean") is true)
                matching.Add((index, JsonRead.Text(@case["label"]) ?? ""));
            index++;
        }

        if (firstOnly && matching.Count > 1)
            matching.RemoveRange(1, matching.Count - 1);
        return matching;
    }

    public static InputDescription Mode { get; } = new("Mode", "String", "Whether the first match counts, or all.") { Default = "MatchFirst", Editor = "dropdown", Options = ["MatchFirst", "MatchAny"] };

    // Elsa's serialiser writes enums by name or by number.
    public static bool FirstOnly(Turn turn, ActivityExecution self) => turn.Input<string>(self, 0) is not { } mode || !(mode.Equals("MatchAny", StringComparison.OrdinalIgnoreCase) || mode == "1");
}

internal sealed class SwitchActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Switch", "Branching", "Switch", "Evaluate a set of case conditions and schedule the activity for a matching case.") { Inputs = [Cases.Mode] };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var node = turn.NodeOf(self);
        var matching = Cases.Matching(turn, self, Cases.FirstOnly(turn, self));
        var scheduled = new List<ActivityNode>();
        if (matching.Count == 0 && node.Child("default") is { } fallback)
            scheduled.Add(fallback);
        foreach (var (index, _) in matching)
            if (node.Child($"case:{index}") is { } activity)
                scheduled.Add(activity);
        self.Counter = scheduled.Count;
        if (scheduled.Count == 0)
            turn.Complete(self);
        foreach (var activity in scheduled)
            turn.Schedule(self, activity);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes)
    {
        if (--self.Counter == 0)
            turn.Complete(self);
    }
}

internal sealed class FlowDecisionActivity : ActivityBehavior
{
    private static readonly string[] True = ["True"];
    private static readonly string[] False = ["False"];

    public override ActivityDescription Description { get; } = new("Elsa.FlowDecision", "Branching", "Decision", "Evaluate a Boolean condition to determine which path to execute next.")
    {
        Inputs = [new("Condition", "Boolean", "The condition to evaluate.") { Default = false }],
        Outcomes = ["True", "False"],
    };

    public override void Execute(Turn turn, ActivityExecution self) => turn.Complete(self, turn.Input<bool>(self, 0) ? True : False);
}

internal sealed class FlowSwitchActivity : ActivityBehavior
{
    private static readonly string[] Default = ["Default"];

    public override ActivityDescription Description { get; } = new("Elsa.FlowSwitch", "Branching", "Switch (flow)", "Evaluate a set of case conditions and schedule the activity for a matching case.")
    {
        Inputs = [Cases.Mode],
        Outcomes = ["Default"],
        OutcomesFrom = "Cases",
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var matching = Cases.Matching(turn, self, Cases.FirstOnly(turn, self));
        turn.Complete(self, matching.Count == 0 ? Default : [.. matching.Select(m => m.Label)]);
    }
}

internal sealed class FlowForkActivity : ActivityBehavior
{
    private static readonly string[] Done = ["Done"];

    public override ActivityDescription Description { get; } = new("Elsa.FlowFork", "Branching", "Fork (flow)", "Branch execution into multiple branches that will be executed in parallel.")
    {
        Inputs = [new("Branches", "String[]", "The branches, one port each.") { Editor = "dynamic-outcomes" }],
        Outcomes = [],
        OutcomesFrom = "Branches",
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var outcomes = Done;
        if (turn.Input(self, 0) is IReadOnlyList<object?> branches)
        {
            outcomes = new string[branches.Count];
            for (var i = 0; i < outcomes.Length; i++)
                outcomes[i] = branches[i] as string ?? ValueConversion.To(branches[i], "String") as string ?? "";
        }

        turn.Complete(self, outcomes);
    }
}

/// <summary>The flowchart that holds it decides when it runs; see FlowchartActivity.</summary>
internal sealed class FlowJoinActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.FlowJoin", "Branching", "Join", "Explicitly merge multiple branches into a single branch of execution.")
    {
        Inputs = [new("Mode", "String", "WaitAny goes on with the first branch, WaitAll waits for every branch, WaitAllActive for those that are under way.") { Default = "WaitAny", Editor = "dropdown", Options = ["WaitAny", "WaitAll", "WaitAllActive"] }],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        if (!turn.Definition.TokenFlow && self.Parent is { } parent && turn.NodeOf(parent).Flow is not null)
            FlowWork.CancelUpstream(turn, parent, self.Node);
        turn.Complete(self);
    }
}
