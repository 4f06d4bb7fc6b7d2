using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>Lists that one turn after the other uses.</summary>
internal sealed class TurnScratch
{
    public Queue<WorkItem> Queue { get; } = new();
    public List<RunEvent> Events { get; } = [];

    public static TurnScratch Take(ref TurnScratch? kept)
    {
        var scratch = kept ?? new TurnScratch();
        kept = null;
        return scratch;
    }

    public void GiveBack(ref TurnScratch? kept)
    {
        Queue.Clear();
        Events.Clear();
        if (Events.Capacity <= 4096)
            kept = this;
    }
}

/// <summary>Something scheduled: an activity to run for an owner.</summary>
internal readonly record struct WorkItem(int Node, ActivityExecution? Owner, List<LocalVariable>? Locals, bool ByBackwardConnection);
