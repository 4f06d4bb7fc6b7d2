using Playbook.Abstractions;
using Playbook.Engine.Definitions;

namespace Playbook.Engine.Runs;

/// <summary>Where the host finds definitions and facts; both may do I/O.</summary>
public sealed record RunSources
{
    /// <summary>The definition of a version, by the version's id; throws where it does not exist.</summary>
    public required Func<string, ValueTask<PlaybookDefinition>> Version { get; init; }

    /// <summary>The published definition, by definition id; null where none is published.</summary>
    public required Func<string, ValueTask<PlaybookDefinition?>> Published { get; init; }

    /// <summary>The facts known of a subject now; by default those that the run has.</summary>
    public Func<Subject, ValueTask<Subject>> Facts { get; init; } = ValueTask.FromResult;
}

/// <summary>
/// The one door to runs: takes a stimulus, loads the run, advances it and commits the transition. When a run that
/// another waits for ends, both are committed together.
/// </summary>
public sealed class RunHost(RunEngine engine, IRunStore store, RunSources sources, TimeProvider clock)
{
    /// <summary>How often a turn is taken again because somebody else changed the run meanwhile.</summary>
    private const int MaxAttempts = 50;

    public RunEngine Engine => engine;
    public IRunStore Store => store;
    public RunSources Sources => sources;
    public TimeProvider Clock => clock;

    /// <summary>
    /// Starts a run. With an id that exists already nothing happens and that run is returned, so that starting again
    /// after a crash is harmless.
    /// </summary>
    public async ValueTask<RunState> Start(PlaybookDefinition definition, StartRequest request, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var id = request.Id ?? Guid.CreateVersion7(now);
        var subject = request.Subject.Id.Length == 0 ? request.Subject : await sources.Facts(request.Subject);
        var state = RunEngine.NewRun(definition, id, subject, now, request.CorrelationId, request.ParentRunId, request.ParentBookmarkId);
        var transition = engine.Advance(definition, state, new Stimulus.Started(request.Input) { TriggerActivityId = request.TriggerActivityId, Facts = subject.Id.Length == 0 ? null : subject }, now)!;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Commit(transition, request.Answers, cancellationToken);
                return transition.State;
            }
            catch (ConcurrencyException) when (attempt < MaxAttempts)
            {
                if (await store.Get(id, cancellationToken) is not { } existing)
                    continue;
                if (request.Answers is not null)
                    await store.Commit([], [request.Answers], cancellationToken);
                return existing;
            }
        }
    }

    /// <summary>
    /// Takes a stimulus. Returns the run after it, or null where the stimulus came too late or twice; then nothing
    /// changed but <paramref name="answers"/>, which counts as done.
    /// </summary>
    /// <param name="runId">Which run.</param>
    /// <param name="stimulus">What wakes it.</param>
    /// <param name="answers">The outbox item that it answers, done with the same commit.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public ValueTask<RunState?> Take(Guid runId, Stimulus stimulus, OutboxDone? answers = null, CancellationToken cancellationToken = default) =>
        Take(runId, stimulus, answers, known: null, cancellationToken);

    /// <summary>The same, where the subject was read just now.</summary>
    /// <param name="runId">Which run.</param>
    /// <param name="stimulus">What wakes it.</param>
    /// <param name="answers">The outbox item that it answers, done with the same commit.</param>
    /// <param name="known">What was read of the subject; null to read it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async ValueTask<RunState?> Take(Guid runId, Stimulus stimulus, OutboxDone? answers, Subject? known, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var transition = await Advance(runId, stimulus, cancellationToken, attempt == 1 ? known : null);
            if (transition is null)
            {
                if (answers is not null)
                    await store.Commit([], [answers], cancellationToken);
                return null;
            }

            try
            {
                await Commit(transition, answers, cancellationToken);
                return transition.State;
            }
            catch (ConcurrencyException) when (attempt < MaxAttempts)
            {
                // Somebody else was faster: read the run again and see whether the stimulus still concerns it.
            }
        }
    }

    /// <summary>
    /// Wakes every run that waits for an event; returns how many it woke. <paramref name="answers"/> is done with the
    /// last of them, so that after a crash at most those before it are asked again.
    /// </summary>
    public async ValueTask<int> Publish(Effect.PublishSignal signal, Guid? onlyRun = null, OutboxDone? answers = null, CancellationToken cancellationToken = default)
    {
        var woken = 0;
        var matches = (await store.Find(BookmarkKind.Signal, signal.Name, cancellationToken))
            .Where(m => (signal.CorrelationId is null || m.CorrelationId == signal.CorrelationId) && (onlyRun is null || m.RunId == onlyRun)).ToList();
        for (var i = 0; i < matches.Count; i++)
            if (await Take(matches[i].RunId, new Stimulus.Signalled(signal.Name, signal.Payload) { BookmarkId = matches[i].BookmarkId }, i == matches.Count - 1 ? answers : null, cancellationToken) is not null)
                woken++;
        if (matches.Count == 0 && answers is not null)
            await store.Commit([], [answers], cancellationToken);
        return woken;
    }

    /// <summary>Gives a reply to every run of the subject that waits for one; returns how many waits it woke.</summary>
    public async ValueTask<int> Reply(string subjectId, string? text, string? channel, CancellationToken cancellationToken = default) =>
        (await Hear(subjectId, new Stimulus.Replied(text, channel), cancellationToken: cancellationToken)).Count;

    /// <summary>
    /// Gives what came in from a contact to every run of the subject that waits for such a thing; returns the runs, once for
    /// each wait that it woke.
    /// </summary>
    /// <param name="onlyRun">Only this run; null for all.</param>
    public async ValueTask<IReadOnlyList<Guid>> Hear(string subjectId, Stimulus stimulus, Guid? onlyRun = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stimulus);
        var kind = stimulus is Stimulus.ContactAnswered ? BookmarkKind.Invitation : BookmarkKind.Reply;
        var woken = new List<Guid>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        bool again;
        do
        {
            again = false;
            foreach (var match in await store.Find(kind, subjectId, cancellationToken))
            {
                if ((onlyRun is not null && match.RunId != onlyRun) || !asked.Add(match.BookmarkId))
                    continue;
                if (await Take(match.RunId, stimulus with { BookmarkId = match.BookmarkId }, null, cancellationToken) is not null)
                    woken.Add(match.RunId);
                else
                    again = true;
            }
        }
        // Where somebody else woke a wait meanwhile, the run may have made another that has not heard it.
        while (again && stimulus.EventId is not null);
        return woken;
    }

    /// <summary>Wakes the runs whose time has come, at most <paramref name="max"/>; returns how many turns that took.</summary>
    public async ValueTask<int> TakeDue(int max, CancellationToken cancellationToken = default)
    {
        var turns = 0;
        var now = clock.GetUtcNow();
        foreach (var runId in await store.Due(now, max, cancellationToken))
            turns += await TakeDue(runId, cancellationToken);
        return turns;
    }

    /// <summary>Wakes one run for whatever of it is due; returns how many turns that took.</summary>
    public async ValueTask<int> TakeDue(Guid runId, CancellationToken cancellationToken = default)
    {
        var turns = 0;
        var now = clock.GetUtcNow();
        var state = await store.Get(runId, cancellationToken);
        foreach (var bookmark in state?.Bookmarks.Where(b => b.DueAt <= now).OrderBy(b => b.DueAt).ToList() ?? [])
            if (await Take(runId, new Stimulus.Due { BookmarkId = bookmark.Id }, null, cancellationToken) is not null)
                turns++;
        return turns;
    }

    private async ValueTask<Transition?> Advance(Guid runId, Stimulus stimulus, CancellationToken cancellationToken, Subject? known = null)
    {
        if (await store.Get(runId, cancellationToken) is not { } state)
            return null;
        var definition = await sources.Version(state.DefinitionVersionId);
        if (state.Subject.Id.Length > 0 && stimulus.Facts is null && !RunLifecycle.IsOver(state))
        {
            var fresh = known ?? await sources.Facts(state.Subject);
            if (!ReferenceEquals(fresh, state.Subject) && !RunValues.Same(fresh.Facts, state.Subject.Facts))
                stimulus = stimulus with { Facts = fresh };
        }

        return engine.Advance(definition, state, stimulus, clock.GetUtcNow());
    }

    private async ValueTask Commit(Transition transition, OutboxDone? answers, CancellationToken cancellationToken)
    {
        OutboxDone[] done = answers is null ? [] : [answers];
        if (transition.State is { Status: RunStatus.Finished, ParentRunId: not null, ParentBookmarkId: not null })
            await store.Commit(await WithParents(transition, cancellationToken), done, cancellationToken);
        else
            await store.Commit([transition], done, cancellationToken);
    }

    /// <summary>A run that ended, the turn of the run that waited for it, and so on upwards.</summary>
    private async ValueTask<List<Transition>> WithParents(Transition ended, CancellationToken cancellationToken)
    {
        var all = new List<Transition> { ended };
        var state = ended.State;
        while (state is { Status: RunStatus.Finished, ParentRunId: { } parentId, ParentBookmarkId: { } bookmarkId })
        {
            var report = new Stimulus.RunFinished(state.Id, state.SubStatus.ToString(), state.Output ?? []) { BookmarkId = bookmarkId };
            if (await Advance(parentId, report, cancellationToken) is not { } parent)
                break;
            all.Add(parent);
            state = parent.State;
        }

        return all;
    }
}

/// <summary>How a run is to be started.</summary>
public sealed record StartRequest
{
    /// <summary>The id of the run to be; null for a new one.</summary>
    public Guid? Id { get; init; }

    public Subject Subject { get; init; } = Subject.None;
    public IReadOnlyDictionary<string, object?> Input { get; init; } = new Dictionary<string, object?>();
    public string? CorrelationId { get; init; }
    public Guid? ParentRunId { get; init; }
    public string? ParentBookmarkId { get; init; }
    public string? TriggerActivityId { get; init; }

    /// <summary>The outbox item that asked for it, done with the same commit.</summary>
    public OutboxDone? Answers { get; init; }
}
