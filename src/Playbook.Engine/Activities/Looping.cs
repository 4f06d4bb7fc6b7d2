using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

internal sealed class ForActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.For", "Looping", "For", "Iterate over a sequence of steps between a start and an end number.")
    {
        Inputs =
        [
            new("Start", "Int32", "The first number.") { Default = 0 },
            new("End", "Int32", "The last number.") { Default = 0 },
            new("Step", "Int32", "How much to add each time.") { Default = 1 },
            new("OuterBoundInclusive", "Boolean", "Whether the end belongs to it.") { Default = true },
        ],
        Outputs = [new("CurrentValue", "Object")],
    };

    public override bool IsLoop => true;

    public override void Execute(Turn turn, ActivityExecution self) => Iterate(turn, self);

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes) => Iterate(turn, self);

    private static void Iterate(Turn turn, ActivityExecution self)
    {
        var start = turn.Input<int>(self, 0);
        var end = turn.Input<int>(self, 1);
        var step = turn.Input<int>(self, 2);
        var inclusive = turn.Input<bool>(self, 3);
        var current = self.HasCounter ? self.Counter + step : start;
        var inside = step >= 0 ? inclusive ? current <= end : current < end : inclusive ? current >= end : current > end;
        if (self.IsBreaking || !inside || turn.NodeOf(self).Child("body") is not { } body)
        {
            turn.Complete(self);
            return;
        }

        turn.Schedule(self, body, [new LocalVariable("CurrentValue", "CurrentValue", "Object", (int)current)]);
        self.Counter = current;
        self.HasCounter = true;
        turn.SetOutput(self, "CurrentValue", (int)current);
    }
}

internal sealed class ForEachActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.ForEach", "Looping", "For Each", "Iterate over a set of values.")
    {
        Inputs = [new("Items", "Object[]", "The values to iterate over.")],
        Outputs = [new("CurrentValue", "Object")],
    };

    public override bool IsLoop => true;

    public override void Execute(Turn turn, ActivityExecution self) => Iterate(turn, self);

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes) => Iterate(turn, self);

    private static void Iterate(Turn turn, ActivityExecution self)
    {
        var items = Looping.Items(turn.Input(self, 0));
        if (self.IsBreaking || self.Counter >= items.Count)
        {
            turn.Complete(self);
            return;
        }

        var index = (int)self.Counter;
        var value = items[index];
        turn.SetOutput(self, "CurrentValue", value);
        if (turn.NodeOf(self).Child("body") is { } body)
            turn.Schedule(self, body, [new LocalVariable("CurrentIndex", "CurrentIndex", "Int32", index), new LocalVariable("CurrentValue", "CurrentValue", "Object", value)]);
        else
            turn.Complete(self);
        self.Counter++;
    }
}

internal sealed class WhileActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.While", "Looping", "While", "Execute an activity while a given condition evaluates to true.")
    {
        Inputs = [new("Condition", "Boolean", "Asked before each round.")],
    };

    public override bool IsLoop => true;

    public override void Execute(Turn turn, ActivityExecution self)
    {
        // The condition was just evaluated with the other inputs.
        Iterate(turn, self, turn.Input<bool>(self, 0));
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes) =>
        Iterate(turn, self, !self.IsBreaking && turn.EvaluateInput(self, turn.NodeOf(self).Inputs[0]) is true);

    private static void Iterate(Turn turn, ActivityExecution self, bool goOn)
    {
        if (goOn && turn.NodeOf(self).Child("body") is { } body)
            turn.Schedule(self, body);
        else
            turn.Complete(self);
    }
}

internal sealed class ParallelForEachActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.ParallelForEach", "Looping", "Parallel for Each", "Schedule an activity for each item in parallel.")
    {
        Inputs = [new("Items", "Object", "The values to go through.")],
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var body = turn.NodeOf(self).Child("body");
        // Text is no list here, be it the JSON of one (ELSA.md section 5).
        var items = body is null || turn.Input(self, 0) is string ? [] : Looping.Items(turn.Input(self, 0));
        self.Counter = items.Count;
        if (items.Count == 0)
            turn.Complete(self);
        for (var i = 0; i < items.Count; i++)
            turn.Schedule(self, body!, [new LocalVariable("CurrentValue", "CurrentValue", "Object", items[i]), new LocalVariable("CurrentIndex", "CurrentIndex", "Int32", i)]);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes)
    {
        if (--self.Counter == 0)
            turn.Complete(self);
    }
}

internal sealed class BreakActivity : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new("Elsa.Break", "Looping", "Break", "Break out of a loop.") { IsTerminal = true };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        for (var ancestor = self.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            var behavior = turn.BehaviorOf(ancestor);
            if (behavior.StopsAtBreak || behavior.IsLoop)
                ancestor.IsBreaking = true;
            if (behavior.IsLoop)
                break;
        }

        turn.Complete(self);
    }
}

internal static class Looping
{
    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        null => [],
        IReadOnlyList<object?> list => list,
        string text => [text],
        IReadOnlyDictionary<string, object?> single => [single],
        System.Collections.IEnumerable many => [.. many.Cast<object?>()],
        _ => [value],
    };
}
