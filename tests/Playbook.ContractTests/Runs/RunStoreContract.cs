using Playbook.Abstractions;
using Playbook.Engine.Runs;
using static Playbook.ContractTests.Runs.Turns;

namespace Playbook.ContractTests.Runs;

/// <summary>What every store of runs must do. Derive, give a store, and all tests come along.</summary>
/// <example>
/// <code>
/// public sealed class MyStoreKeepsTheContract : RunStoreContract
/// {
///     protected override ValueTask&lt;IRunStore&gt; Open() => new(new MyStore());
/// }
/// </code>
/// </example>
public abstract class RunStoreContract : IAsyncLifetime
{
    private IRunStore? _store;

    protected IRunStore Store => _store ?? throw new InvalidOperationException("The store is opened before each test.");

    /// <summary>A new, empty store.</summary>
    protected abstract ValueTask<IRunStore> Open();

    /// <summary>What another process would see after this one died: the same data, opened anew. The old store is not used again.</summary>
    protected abstract ValueTask<IRunStore> Reopen(IRunStore store);

    public async ValueTask InitializeAsync() => _store = await Open();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_run_that_was_never_started_is_not_there() => Assert.Null(await Store.Get(Guid.CreateVersion7()));

    [Fact]
    public async Task Starting_a_run_is_its_first_commit()
    {
        var run = NewRun();
        await Commit(Start(run, Mark(run, BookmarkKind.Signal, "replied")));

        var stored = await Store.Get(run.Id);
        Assert.NotNull(stored);
        Assert.Equal(1, stored.Revision);
        Assert.Equal("cold-outreach-3", stored.DefinitionVersionId);
        Assert.Equal("contact-1", stored.Subject.Id);
        Assert.Equal(run.Bookmarks, stored.Bookmarks);
    }

    [Fact]
    public async Task The_next_turn_replaces_the_state()
    {
        var run = NewRun();
        await Commit(Start(run));
        var next = Next(run);
        next.Name = "second";
        await Commit(Turn(next));

        Assert.Equal((2, "second"), await Store.Get(run.Id) is { } stored ? (stored.Revision, stored.Name) : default);
    }

    [Fact]
    public async Task What_was_committed_is_there_for_the_next_process()
    {
        var run = NewRun();
        var due = Mark(run, BookmarkKind.Due, "due", Noon.AddHours(1));
        var signal = Mark(run, BookmarkKind.Signal, "replied", number: 2);
        await Commit(Start(run, due, signal) with { Outbox = [Item(run, Message)] });

        _store = await Reopen(Store);

        Assert.NotNull(await Store.Get(run.Id));
        Assert.Equal([run.Id], await Store.Due(Noon.AddHours(1), 10));
        Assert.Single(await Store.Find(BookmarkKind.Signal, "replied"));
        Assert.Single(await Store.ClaimOutbox(Noon, 10, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_run_cannot_be_started_twice()
    {
        var run = NewRun();
        await Commit(Start(run));
        await Assert.ThrowsAsync<ConcurrencyException>(() => Commit(Start(NewRunWith(run.Id))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_revision_that_does_not_follow_the_stored_one_is_refused_and_nothing_is_written(long revision)
    {
        var run = NewRun();
        await Commit(Start(run));
        var second = Next(run);
        await Commit(Turn(second));

        var wrong = Next(second);
        wrong.Revision = revision;
        var signal = Mark(wrong, BookmarkKind.Signal, "replied");
        wrong.Bookmarks.Add(signal);
        await Assert.ThrowsAsync<ConcurrencyException>(() => Commit(Turn(wrong) with { Added = [signal], Outbox = [Item(wrong, Message)] }));

        Assert.Equal(2, (await Store.Get(run.Id))!.Revision);
        Assert.Empty(await Store.Find(BookmarkKind.Signal, "replied"));
        Assert.Empty(await Store.ClaimOutbox(Noon, 10, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task The_second_turn_of_a_run_that_is_not_there_is_refused() =>
        await Assert.ThrowsAsync<ConcurrencyException>(() => Commit(Turn(Next(NewRun()))));

    [Fact]
    public async Task Of_two_turns_at_once_from_the_same_revision_exactly_one_is_stored()
    {
        var run = NewRun();
        await Commit(Start(run));
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            var next = Next(run);
            next.Name = $"try {number}";
            return await Succeeds(Turn(next)) ? next.Name : null;
        })));

        var winner = Assert.Single(tries, name => name is not null);
        Assert.Equal(winner, (await Store.Get(run.Id))!.Name);
    }

    [Fact]
    public async Task A_conflict_fails_its_own_commit_and_no_other_that_comes_at_the_same_time()
    {
        var taken = NewRun();
        await Commit(Start(taken));
        var fresh = Enumerable.Range(0, 20).Select(_ => NewRun()).ToList();
        var commits = fresh.Select(run => Task.Run(() => Succeeds(Start(run)))).ToList();
        var conflicts = Enumerable.Range(0, 20).Select(_ => Task.Run(() => Succeeds(Start(NewRunWith(taken.Id))))).ToList();

        Assert.All(await Task.WhenAll(commits), Assert.True);
        Assert.All(await Task.WhenAll(conflicts), Assert.False);
        foreach (var run in fresh)
            Assert.NotNull(await Store.Get(run.Id));
    }

    [Fact]
    public async Task Several_transitions_are_committed_whole_or_not_at_all()
    {
        var taken = NewRun();
        await Commit(Start(taken));
        RunState first = NewRun(), last = NewRun();
        await Assert.ThrowsAsync<ConcurrencyException>(() => Commit(Start(first), Start(NewRunWith(taken.Id)), Start(last)));

        Assert.Null(await Store.Get(first.Id));
        Assert.Null(await Store.Get(last.Id));
    }

    [Fact]
    public async Task Two_turns_of_the_same_run_can_share_a_commit()
    {
        var run = NewRun();
        await Commit(Start(run, Mark(run, BookmarkKind.Signal, "replied")), Finish(run));

        Assert.Equal(RunStatus.Finished, (await Store.Get(run.Id))!.Status);
        Assert.Empty(await Store.Find(BookmarkKind.Signal, "replied"));
    }

    protected Task Commit(params Transition[] transitions) => Store.Commit(transitions, []).AsTask();

    protected Task Commit(params Draft[] drafts) => Store.Commit([.. drafts.Select(draft => draft.ToTransition())], []).AsTask();

    protected async Task<bool> Succeeds(Draft draft)
    {
        try
        {
            await Commit(draft);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }

    private static RunState NewRunWith(Guid id)
    {
        var other = NewRun();
        return new()
        {
            Id = id,
            DefinitionId = other.DefinitionId,
            DefinitionVersionId = other.DefinitionVersionId,
            DefinitionVersion = other.DefinitionVersion,
            CreatedAt = other.CreatedAt,
            Revision = 1,
            SubStatus = RunSubStatus.Suspended,
        };
    }
}
