namespace Playbook.Abstractions;

/// <summary>What an activity answers: a closed set of completed, waiting and failed.</summary>
public abstract record ActivityResult
{
    private ActivityResult()
    {
    }

    /// <summary>What must happen in the world; done after the transition is committed, at most once per effect's key.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>The activity is done and leaves through the ports named by <paramref name="Outcomes"/>; none means <c>Done</c>.</summary>
    public sealed record Completed(IReadOnlyList<string> Outcomes) : ActivityResult
    {
        /// <summary>Values by the names of the described outputs.</summary>
        public IReadOnlyDictionary<string, object?> Outputs { get; init; } = new Dictionary<string, object?>();
    }

    /// <summary>The activity waits until one of <paramref name="Bookmarks"/> (or of those it still has) is woken.</summary>
    public sealed record Waiting(IReadOnlyList<Bookmark> Bookmarks) : ActivityResult
    {
        /// <summary>Whether the bookmarks that it still has go, so that it waits for these alone.</summary>
        public bool Instead { get; init; }
    }

    /// <summary>The activity cannot go on; <paramref name="Reason"/> is what a person reads in the incident list: the cause and the cure.</summary>
    public sealed record Failed(string Reason) : ActivityResult;

    /// <summary>Done, leaving through the ports named.</summary>
    public static Completed Complete(params string[] outcomes) => new(outcomes);

    /// <summary>Waiting for whichever bookmark is woken first.</summary>
    public static Waiting Wait(params Bookmark[] bookmarks) => new(bookmarks);

    /// <summary>Failed, for the reason given.</summary>
    public static Failed Fail(string reason) => new(reason);
}
