using Playbook.Sales.Queue;
using Playbook.Storage.Runs;

namespace Playbook.Server.Queue;

/// <summary>What came of giving an answer that can still be taken back: a closed set.</summary>
public abstract record HoldResult
{
    private HoldResult()
    {
    }

    /// <summary>It is kept, and is taken at its time.</summary>
    public sealed record Kept(HeldAnswer Answer) : HoldResult;

    /// <summary>The form is not right yet: what is wrong, by field.</summary>
    public sealed record Wrong(IReadOnlyDictionary<string, string> Problems) : HoldResult;

    /// <summary>Somebody has just answered it otherwise.</summary>
    public sealed record Taken(HeldAnswer Before) : HoldResult;

    /// <summary>It was closed before; <paramref name="Task"/> as it is now.</summary>
    public sealed record Closed(TaskItem Task) : HoldResult;

    /// <summary>There is no such task.</summary>
    public sealed record Unknown : HoldResult;
}
