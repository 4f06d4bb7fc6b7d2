using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>One execution of one activity, as a run's journal tells it.</summary>
internal sealed class ExecutionStep(int number, string activityId, string type, ActivityNode? node, string nodeId, ExecutionStep? parent, DateTimeOffset startedAt)
{
    /// <summary>Numbered within the run; 0 is the run as a whole.</summary>
    public int Number { get; } = number;

    public string ActivityId { get; } = activityId;
    public string Type { get; } = type;

    /// <summary>Null for the run as a whole, and where the playbook's version is gone.</summary>
    public ActivityNode? Node { get; } = node;

    public string NodeId { get; } = nodeId;

    /// <summary>The container that it ran in; null for the run as a whole.</summary>
    public ExecutionStep? Parent { get; } = parent;

    public DateTimeOffset StartedAt { get; } = startedAt;
    public DateTimeOffset? EndedAt { get; private set; }
    public ActivityStatus Status { get; private set; } = ActivityStatus.Running;
    public IReadOnlyList<string>? Outcomes { get; set; }
    public string? Fault { get; set; }
    public int OwnFaults { get; set; }

    /// <summary>Faults of its own and of what ran in it.</summary>
    public int Faults { get; set; }

    public bool HasBookmarks { get; set; }

    /// <summary>As it stands in the run's state; null once it has ended.</summary>
    public ActivityExecution? Live { get; set; }

    /// <summary>What came of it, where the journal says so.</summary>
    public Dictionary<string, object?> Outputs { get; } = [];

    public List<IReadOnlyDictionary<string, object?>> Facts { get; } = [];
    public List<string> Lines { get; } = [];

    /// <summary>How many executions ran in it, and how many of them have not ended.</summary>
    public int Children { get; private set; }

    public int OpenChildren { get; private set; }

    public bool IsOpen => EndedAt is null;

    public void EnterParent()
    {
        if (Parent is null)
            return;
        Parent.Children++;
        Parent.OpenChildren++;
    }

    /// <summary>Sets how it stands; with a time where it has ended.</summary>
    public void Stand(ActivityStatus status, DateTimeOffset? endedAt)
    {
        if (Parent is not null && IsOpen != endedAt is null)
            Parent.OpenChildren += endedAt is null ? 1 : -1;
        (Status, EndedAt) = (status, endedAt);
    }

    public int TypeVersion => Node?.Json["version"] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<int>(out var version) ? version : 1;
}

/// <summary>One line of a run's journal.</summary>
/// <param name="Sequence">Its place in the run's journal, from 0.</param>
/// <param name="Event">Elsa's event name, or a fact's own.</param>
internal sealed record JournalLine(long Sequence, ExecutionStep Step, DateTimeOffset At, string Event, string? Message, IReadOnlyDictionary<string, object?>? Payload);
