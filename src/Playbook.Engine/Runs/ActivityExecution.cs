namespace Playbook.Engine.Runs;

/// <summary>Where one execution of an activity stands; Elsa's words.</summary>
public enum ActivityStatus : byte
{
    Pending,
    Running,
    Completed,
    Canceled,
    Faulted,
}

/// <summary>A variable that lives with one execution: a container's own, or a loop's current value.</summary>
public sealed class LocalVariable(string id, string name, string typeName, object? value)
{
    public string Id { get; } = id;
    public string Name { get; } = name;
    public string TypeName { get; } = typeName;
    public object? Value { get; set; } = value;
}

/// <summary>One execution of one activity that has not ended, with what its kind of activity remembers.</summary>
public sealed class ActivityExecution
{
    /// <summary>Numbered within the run, from 1.</summary>
    public required int Id { get; init; }

    /// <summary>The activity's index in the definition.</summary>
    public required int Node { get; init; }

    /// <summary>The container that scheduled it; null for the root, and once that container has ended.</summary>
    public ActivityExecution? Parent { get; set; }

    public ActivityStatus Status { get; set; }

    /// <summary>A Break was met: the loop or sequence stops after its current child.</summary>
    public bool IsBreaking { get; set; }

    /// <summary>A loop's connection led here, so that it does not count as a visit.</summary>
    public bool ByBackwardConnection { get; set; }

    internal bool IsCompleting { get; set; }

    /// <summary>Nobody is told when it completes (after a Finish).</summary>
    public bool IsDetached { get; set; }

    /// <summary>A loop's current index, a sequence's next child, the children a parallel still waits for.</summary>
    public long Counter { get; set; }

    /// <summary>Whether <see cref="Counter"/> was set.</summary>
    public bool HasCounter { get; set; }

    /// <summary>A flowchart's visits of activities and connections; see FlowchartActivity.</summary>
    public int[]? Counts { get; set; }

    /// <summary>A token flowchart's tokens.</summary>
    public List<FlowToken>? Tokens { get; set; }

    /// <summary>The inputs as evaluated when it started.</summary>
    public object?[]? Inputs { get; set; }

    public List<LocalVariable>? Locals { get; set; }

    /// <summary>What a plugin's activity remembers while it waits.</summary>
    public Dictionary<string, object?>? Memo { get; set; }

    public bool IsLive => Status is not (ActivityStatus.Completed or ActivityStatus.Canceled);

    internal ActivityExecution Clone() => new()
    {
        Id = Id,
        Node = Node,
        Parent = Parent,
        Status = Status,
        IsBreaking = IsBreaking,
        ByBackwardConnection = ByBackwardConnection,
        IsDetached = IsDetached,
        Counter = Counter,
        HasCounter = HasCounter,
        Counts = (int[]?)Counts?.Clone(),
        Tokens = Tokens?.ConvertAll(t => t with { }),
        Inputs = Inputs,
        Locals = Locals?.ConvertAll(l => new LocalVariable(l.Id, l.Name, l.TypeName, RunValues.Copy(l.Value))),
        Memo = Memo is null ? null : (Dictionary<string, object?>)RunValues.Copy(Memo)!,
    };
}

/// <summary>A token on a connection of a flowchart in token mode.</summary>
public sealed record FlowToken(int Source, string Port, int Target)
{
    public bool Consumed { get; set; }
    public bool Blocked { get; set; }
}
