using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Storage.Tests.Runs;

/// <summary>A transition is committed whole or not at all, wherever the process dies or a statement fails.</summary>
public sealed class AtomicityTests
{
    // BEGIN, two finds and finds again, a wait less, a task less, a task more, a message, a journal row and a run row
    // each, the finished item, COMMIT: more than enough, and the test fails if it were not.
    private const int MoreThanTheStatementsOfOneCommit = 30;

    [Fact]
    public async Task A_crash_before_any_statement_of_a_commit_leaves_nothing_of_it_and_a_crash_after_it_all()
    {
        var statements = await CountStatements();
        Assert.InRange(statements, 10, MoreThanTheStatementsOfOneCommit);
        for (var at = 1; at <= statements + 1; at++)
        {
            await using var temporary = TemporaryStore.Create();
            var (first, second) = await Prepare(temporary.Store);
            TemporaryStore? leftBehind = null;
            var statement = 0;
            temporary.Faults.BeforeStatement = () =>
            {
                if (++statement == at)
                    leftBehind = temporary.CopyAsIfCrashed();
            };
            await temporary.Store.Commit(BigTurn(first, second), Done(first));
            leftBehind ??= temporary.CopyAsIfCrashed();

            await using (leftBehind)
            {
                if (at <= statements)
                    await AssertNothingOfIt(leftBehind.Store, first, second);
                else
                    await AssertAllOfIt(leftBehind.Store, first, second);
            }
        }
    }

    [Fact]
    public async Task A_statement_that_fails_undoes_the_whole_commit_which_can_then_be_tried_again()
    {
        var statements = await CountStatements();
        for (var at = 1; at <= statements; at++)
        {
            await using var temporary = TemporaryStore.Create();
            var (first, second) = await Prepare(temporary.Store);
            var statement = 0;
            temporary.Faults.BeforeStatement = () =>
            {
                if (++statement == at)
                    throw new ProcessDiedException($"at statement {statement}");
            };
            await Assert.ThrowsAsync<ProcessDiedException>(() => temporary.Store.Commit(BigTurn(first, second), Done(first)).AsTask());
            await AssertNothingOfIt(temporary.Store, first, second);

            await temporary.Store.Commit(BigTurn(first, second), Done(first));
            await AssertAllOfIt(temporary.Store, first, second);
        }
    }

    [Fact]
    public async Task One_commit_that_cannot_be_written_fails_alone_among_those_that_share_its_transaction()
    {
        await using var temporary = TemporaryStore.Create();
        RunState good = Turns.NewRun(), bad = Turns.NewRun(), alsoGood = Turns.NewRun();
        var twice = Turns.Item(bad, Turns.Message);

        var commits = await temporary.WhileWriterIsHeld(() =>
            new[] { Turns.Start(good), Turns.Start(bad) with { Outbox = [twice, twice] }, Turns.Start(alsoGood) }
                .Select(draft => temporary.Store.Commit([draft], []).AsTask()).ToList());

        await commits[0];
        await commits[2];
        var failure = await Assert.ThrowsAsync<StoreException>(() => commits[1]);
        Assert.Contains("UNIQUE", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(await temporary.Store.Get(good.Id));
        Assert.NotNull(await temporary.Store.Get(alsoGood.Id));
        Assert.Null(await temporary.Store.Get(bad.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_the_cache_remembers_wrongly_of_a_run_is_found_out_before_it_is_committed(int commitsAtOnce)
    {
        await using var temporary = TemporaryStore.Create();
        var run = Turns.NewRun();
        await temporary.Store.Commit([Turns.Start(run)], []);
        Assert.True(temporary.Store.Heads.TryGet(run.Id, 1, out var behind));
        await temporary.Store.Commit([Turns.Turn(Turns.Next(run))], []);
        temporary.Store.Heads.Clear();
        temporary.Store.Heads.Put(run.Id, behind);

        var second = Turns.Next(run);
        var commits = await temporary.WhileWriterIsHeld(() => Enumerable.Range(0, commitsAtOnce).Select(number => number == 0
            ? temporary.Store.Commit([Turns.Turn(second)], []).AsTask()
            : temporary.Store.Commit([Turns.Start(Turns.NewRun())], []).AsTask()).ToList());
        await Assert.ThrowsAsync<ConcurrencyException>(() => commits[0]);
        foreach (var commit in commits[1..])
            await commit;
        Assert.Equal([1L, 2], temporary.Store.Queries.History(run.Id).Select(turn => turn.Revision));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_a_worker_dies_the_next_one_finishes_the_work_and_repeats_nothing_that_was_committed(bool afterwards)
    {
        for (var at = 1; at <= 4; at++)
        {
            await using var temporary = TemporaryStore.Create();
            var id = Guid.CreateVersion7();
            var dying = new CrashingStore(temporary.Store, at, afterwards);
            try
            {
                await Work(dying, id);
            }
            catch (ProcessDiedException)
            {
                Assert.True(dying.IsDead);
            }

            Assert.True(dying.IsDead, $"The work has fewer than {at} writes.");
            await temporary.Reopen();
            temporary.Clock.Advance(TimeSpan.FromHours(1));
            await Work(temporary.Store, id, temporary.Clock.GetUtcNow());

            Assert.Equal(RunSubStatus.Finished, (await temporary.Store.Get(id))!.SubStatus);
            Assert.Equal([1L, 2, 3], temporary.Store.Queries.History(id).Select(turn => turn.Revision));
            Assert.Empty(await temporary.Store.ClaimOutbox(Turns.Noon.AddYears(1), 10, TimeSpan.FromMinutes(1)));
        }
    }

    /// <summary>Starts a run that sends one message, sends it, wakes the run and ends it: four writes; goes on from wherever the store stands.</summary>
    private static async Task Work(IRunStore store, Guid id, DateTimeOffset? time = null)
    {
        var now = time ?? Turns.Noon;
        var run = await store.Get(id);
        if (run is null)
        {
            run = SixtyMinutes(id);
            await store.Commit([Turns.Start(run) with { Outbox = [Turns.Item(run, Turns.Message)] }], []);
        }

        foreach (var item in await store.ClaimOutbox(now, 10, TimeSpan.FromMinutes(5)))
        {
            run = (await store.Get(id))!;
            await store.Commit([Turns.Turn(Turns.Next(run), new Stimulus.Delivered("1"))], [new(item.Id, "{}")]);
        }

        run = (await store.Get(id))!;
        if (run.Status == RunStatus.Running)
            await store.Commit([Turns.Finish(run)], []);
    }

    private static RunState SixtyMinutes(Guid id) => new()
    {
        Id = id,
        DefinitionId = "cold-outreach",
        DefinitionVersionId = "cold-outreach-3",
        DefinitionVersion = 3,
        CreatedAt = Turns.Noon,
        UpdatedAt = Turns.Noon,
        SubStatus = RunSubStatus.Suspended,
        Revision = 1,
    };

    private static async Task<int> CountStatements()
    {
        await using var temporary = TemporaryStore.Create();
        var (first, second) = await Prepare(temporary.Store);
        var statements = 0;
        temporary.Faults.BeforeStatement = () => statements++;
        await temporary.Store.Commit(BigTurn(first, second), Done(first));
        return statements;
    }

    private static async Task<(RunState First, RunState Second)> Prepare(RunStore store)
    {
        var first = Turns.NewRun();
        var second = Turns.NewRun("contact-2");
        await store.Commit(
            [
                Turns.Start(first, Turns.Mark(first, BookmarkKind.Signal, "replied"), Turns.Mark(first, BookmarkKind.Task, "task", number: 2)) with
                {
                    Opened = [Task(first, 2)],
                    Outbox = [Turns.Item(first, Turns.Signal)],
                },
            ],
            []);
        return (first, second);
    }

    /// <summary>A turn that touches every table, and a second run's start.</summary>
    private static IReadOnlyList<Transition> BigTurn(RunState first, RunState second)
    {
        var next = Turns.Next(first);
        next.Bookmarks.Clear();
        var due = Turns.Mark(next, BookmarkKind.Due, "due", Turns.Noon.AddHours(1), 3);
        var task = Turns.Mark(next, BookmarkKind.Task, "task", number: 4);
        next.Bookmarks.AddRange([due, task]);
        var turn = Turns.Turn(next) with
        {
            Removed = [.. first.Bookmarks],
            Added = [due, task],
            Closed = [new(Task(first, 2).TaskId, "Reached", "karen", new Dictionary<string, object?> { ["pain"] = "slow" })],
            Opened = [Task(next, 4)],
            Outbox = [Turns.Item(next, Turns.Message, 5)],
        };
        second.Bookmarks.Clear();
        return [turn, Turns.Start(second, Turns.Mark(second, BookmarkKind.Reply, "reply"))];
    }

    private static List<OutboxDone> Done(RunState first) => [new(Turns.Item(first, Turns.Signal).Id, null)];

    private static TaskOpened Task(RunState state, int number) =>
        new($"{state.Id:N}-{number}", state.Id, state.DefinitionId, "step", "contact", "contact-1", new Effect.OpenTask("task", "prospector", "Call"));

    private static async Task AssertNothingOfIt(RunStore store, RunState first, RunState second)
    {
        Assert.Equal(1, (await store.Get(first.Id))!.Revision);
        Assert.Null(await store.Get(second.Id));
        Assert.Single(store.Queries.History(first.Id));
        Assert.Single(await store.Find(BookmarkKind.Signal, "replied"));
        Assert.Empty(await store.Find(BookmarkKind.Reply, "contact-2"));
        Assert.Empty(await store.Due(Turns.Noon.AddDays(1), 10));
        Assert.Equal(Task(first, 2).TaskId, Assert.Single(store.Tasks.List(new(), 0, 10)).Id);
        Assert.Empty(store.Queries.Messages(first.Id));
    }

    private static async Task AssertAllOfIt(RunStore store, RunState first, RunState second)
    {
        Assert.Equal(2, (await store.Get(first.Id))!.Revision);
        Assert.NotNull(await store.Get(second.Id));
        Assert.Equal(2, store.Queries.History(first.Id).Count);
        Assert.Empty(await store.Find(BookmarkKind.Signal, "replied"));
        Assert.Single(await store.Find(BookmarkKind.Reply, "contact-2"));
        Assert.Equal([first.Id], await store.Due(Turns.Noon.AddDays(1), 10));
        Assert.Equal(Task(first, 4).TaskId, Assert.Single(store.Tasks.List(new(), 0, 10)).Id);
        Assert.Equal(TaskState.Completed, store.Tasks.Get(Task(first, 2).TaskId)!.State);
        Assert.Single(store.Queries.Messages(first.Id));
        Assert.Equal(Turns.Message, Assert.Single(await store.ClaimOutbox(Turns.Noon.AddDays(1), 10, TimeSpan.FromMinutes(1))).Effect);
    }
}
