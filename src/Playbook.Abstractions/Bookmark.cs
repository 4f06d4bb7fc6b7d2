namespace Playbook.Abstractions;

/// <summary>The kinds of thing that a run can wait for.</summary>
public enum BookmarkKind
{
    /// <summary>A point in time.</summary>
    Due,

    /// <summary>An event by name, from anywhere.</summary>
    Signal,

    /// <summary>A person completing a task.</summary>
    Task,

    /// <summary>
    /// A reply of the contact on any channel, or what else comes in from them: a machine's answer, a bounce, a complaint, an
    /// end of the subscription.
    /// </summary>
    Reply,

    /// <summary>The fate of a message that was sent.</summary>
    Delivery,

    /// <summary>Another run finishing.</summary>
    Run,

    /// <summary>The answer to a request made of the outside: an HTTP call, work handed to a program.</summary>
    Answer,

    /// <summary>The contact's answer to an invitation: accepted, declined, another time proposed.</summary>
    Invitation,
}

/// <summary>Something that a run waits for.</summary>
/// <param name="Kind">What it waits for.</param>
/// <param name="Key">
/// A name for it, unique within one activity and kind: ties a task, message or child run to the effect with the same key;
/// for <see cref="BookmarkKind.Signal"/> the name of the event.
/// </param>
/// <param name="DueAt">UTC; set for <see cref="BookmarkKind.Due"/> only.</param>
public sealed record Bookmark(BookmarkKind Kind, string Key, DateTimeOffset? DueAt = null)
{
    /// <summary>Waits until <paramref name="at"/>; a time in the past is due at once.</summary>
    public static Bookmark Until(DateTimeOffset at, string key = "due") => new(BookmarkKind.Due, key, at);

    /// <summary>Waits for the event named.</summary>
    public static Bookmark Signal(string name) => new(BookmarkKind.Signal, name);

    /// <summary>Waits for the task opened with the same key.</summary>
    public static Bookmark Task(string key = "task") => new(BookmarkKind.Task, key);

    /// <summary>Waits for the subject's next reply.</summary>
    public static Bookmark Reply(string key = "reply") => new(BookmarkKind.Reply, key);

    /// <summary>Waits for the subject's answer to an invitation.</summary>
    public static Bookmark Invitation(string key = "invitation") => new(BookmarkKind.Invitation, key);

    /// <summary>Waits for the fate of the message sent with the same key.</summary>
    public static Bookmark Delivery(string key = "message") => new(BookmarkKind.Delivery, key);

    /// <summary>Waits for the end of the run started with the same key.</summary>
    public static Bookmark Run(string key = "run") => new(BookmarkKind.Run, key);

    /// <summary>Waits for the answer to the request made with the same key.</summary>
    public static Bookmark Answer(string key = "answer") => new(BookmarkKind.Answer, key);
}
