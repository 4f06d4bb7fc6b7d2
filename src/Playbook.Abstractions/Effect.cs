namespace Playbook.Abstractions;

/// <summary>
/// Something that a transition asks of the world: a closed set. Effects are committed with the transition and done
/// afterwards; each has an identity made from the run and its place in it, so that it is done at most once.
/// </summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Puts a task into the queue of a role. It is closed when the bookmark with the same key goes.</summary>
    /// <param name="Key">Ties the task to the <see cref="BookmarkKind.Task"/> bookmark with the same key.</param>
    /// <param name="Role">The role that the step is given to, such as <c>prospector</c>.</param>
    /// <param name="Title">What is to be done, in a few words.</param>
    public sealed record OpenTask(string Key, string Role, string Title) : Effect
    {
        /// <summary>The script to read, by its name beside the playbook; null for none.</summary>
        public string? Script { get; init; }

        /// <summary>When the step counts as done, in a sentence; null for none.</summary>
        public string? DoneWhen { get; init; }

        /// <summary>The channel that the step uses, such as <c>phone</c>; null for none.</summary>
        public string? Channel { get; init; }

        /// <summary>What the rep can answer, in the order of the buttons.</summary>
        public IReadOnlyList<string> Outcomes { get; init; } = ["Done"];

        /// <summary>What the rep fills in.</summary>
        public IReadOnlyList<FormField> Fields { get; init; } = [];

        /// <summary>When it should be done, UTC; null for no due time.</summary>
        public DateTimeOffset? DueAt { get; init; }

        /// <summary>Anything else that the person needs, such as the packet of a baton.</summary>
        public IReadOnlyDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>();
    }

    /// <summary>Moves an open task to another role, because it was not done in time.</summary>
    public sealed record EscalateTask(string Key, string ToRole) : Effect;

    /// <summary>Writes a script to the subject over a channel; rendered, checked by the sending policy and sent by a worker.</summary>
    /// <param name="Key">Ties the message to the <see cref="BookmarkKind.Delivery"/> bookmark with the same key.</param>
    /// <param name="Channel">The channel's id, such as <c>email</c>.</param>
    /// <param name="Script">The script's name beside the playbook.</param>
    public sealed record SendMessage(string Key, string Channel, string Script) : Effect
    {
        // One for all, so that two messages without inputs are equal.
        private static readonly Dictionary<string, object?> NoInputs = [];

        /// <summary>The channel's action that sends, such as <c>Send</c>; null for a plain message.</summary>
        public string? Action { get; init; }

        /// <summary>The action's own inputs by name, as the channel gets them.</summary>
        public IReadOnlyDictionary<string, object?> Inputs { get; init; } = NoInputs;

        /// <summary>What a person wrote, which goes out as it stands instead of the script; null where the script is rendered.</summary>
        public WrittenMessage? Written { get; init; }
    }

    /// <summary>Starts another playbook for the same or another subject.</summary>
    /// <param name="Key">Ties it to the <see cref="BookmarkKind.Run"/> bookmark with the same key, where one waits.</param>
    /// <param name="DefinitionId">The playbook, by its definition id or slug.</param>
    public sealed record StartRun(string Key, string DefinitionId) : Effect
    {
        /// <summary>The inputs of the new run, by name.</summary>
        public IReadOnlyDictionary<string, object?> Input { get; init; } = new Dictionary<string, object?>();

        /// <summary>The correlation id of the new run; null for none.</summary>
        public string? CorrelationId { get; init; }
    }

    /// <summary>Wakes every run that waits for the event named.</summary>
    public sealed record PublishSignal(string Name, object? Payload) : Effect
    {
        /// <summary>Only runs with this correlation id; null for all.</summary>
        public string? CorrelationId { get; init; }

        /// <summary>Only the run that publishes.</summary>
        public bool OnlyThisRun { get; init; }
    }

    /// <summary>Makes an HTTP request; the answer comes to the <see cref="BookmarkKind.Answer"/> bookmark with the same key.</summary>
    public sealed record CallHttp(string Key, string Method, string Url) : Effect
    {
        /// <summary>Request headers by name.</summary>
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

        /// <summary>The request's body; null for none.</summary>
        public string? Body { get; init; }

        /// <summary>The body's media type, such as <c>application/json</c>.</summary>
        public string? ContentType { get; init; }
    }

    /// <summary>Hands work to a program that answers through Elsa's tasks API; see Elsa's RunTask.</summary>
    public sealed record RequestWork(string Key, string TaskName, object? Payload) : Effect;

    /// <summary>Records a fact of the sales domain in the run's history: a phase reached, a baton passed, a variant assigned.</summary>
    public sealed record RecordFact(string Name, IReadOnlyDictionary<string, object?> Data) : Effect;
}
