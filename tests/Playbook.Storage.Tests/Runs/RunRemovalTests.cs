using Microsoft.Data.Sqlite;
using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Runs;

public sealed class RunRemovalTests : IAsyncLifetime
{
    private static readonly string[] Tables = ["Runs", "Journal", "Tasks", "Outbox", "Waits"];

    private TemporaryStore _temporary = null!;

    private RunStore Store => _temporary.Store;

    public ValueTask InitializeAsync()
    {
        _temporary = TemporaryStore.Create();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task A_deleted_run_is_gone_with_all_that_belongs_to_it_and_nothing_else_is_touched()
    {
        var others = new List<RunState> { await Ended("before"), await Waiting("waiting") };
        var before = Dump(null);
        var run = await Ended("gone");
        others.Add(await Waiting("after"));
        var kept = Dump(run.Id);

        var results = await Store.Delete([run.Id]);

        Assert.Equal([RunRemoval.Deleted], results);
        Assert.Null(await Store.Get(run.Id));
        Assert.Empty(Store.Queries.History(run.Id));
        Assert.Empty(Store.Queries.Messages(run.Id));
        Assert.Equal(kept, Dump(null));
        Assert.NotEqual(before, kept);
        foreach (var other in others)
            Assert.NotEmpty(Store.Queries.History(other.Id));
    }

    [Fact]
    public async Task Runs_that_are_under_way_or_faulted_are_left_as_they_are()
    {
        var waiting = await Waiting("waiting");
        var faulted = Turns.Next(await Waiting("faulted"));
        (faulted.Status, faulted.SubStatus) = (RunStatus.Finished, RunSubStatus.Faulted);
        await Store.Commit([Turns.Turn(faulted)], []);
        var ended = await Ended("ended");
        var unknown = Guid.CreateVersion7();
        var kept = Dump(ended.Id);

        var results = await Store.Delete([waiting.Id, unknown, ended.Id, faulted.Id]);

        Assert.Equal([RunRemoval.UnderWay, RunRemoval.Unknown, RunRemoval.Deleted, RunRemoval.UnderWay], results);
        Assert.Equal(kept, Dump(null));
    }

    [Fact]
    public async Task A_run_whose_last_words_are_still_on_their_way_out_is_kept_until_they_are_gone()
    {
        var run = Turns.NewRun();
        var signal = Turns.Item(run, Turns.Signal);
        await Store.Commit([Turns.Start(run) with { Outbox = [signal] }], []);
        await Store.Commit([Turns.Finish(run)], []);

        Assert.Equal([RunRemoval.StillSending], await Store.Delete([run.Id]));
        await Store.Commit([], [new OutboxDone(signal.Id, null)]);
        Assert.Equal([RunRemoval.Deleted], await Store.Delete([run.Id]));
    }

    [Fact]
    public async Task Whoever_follows_the_journal_misses_nothing_after_the_newest_run_was_deleted_and_the_store_opened_again()
    {
        await Waiting("first");
        var newest = await Ended("newest");
        var seen = Store.Queries.Feed(0, 100)[^1].Seq;

        await Store.Delete([newest.Id]);
        await _temporary.Reopen();
        var next = await Waiting("next");

        var followed = Store.Queries.Feed(seen, 100);
        Assert.Equal(next.Id, Assert.Single(followed).Entry.RunId);
    }

    [Fact]
    public async Task A_deletion_that_fails_deletes_nothing()
    {
        var run = await Ended("run");
        var before = Dump(null);
        for (var statement = 1; statement <= 5; statement++)
        {
            var left = statement + 1;
            _temporary.Faults.BeforeStatement = () =>
            {
                if (--left == 0)
                    throw new InvalidOperationException("The power went.");
            };
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.Delete([run.Id]));
            _temporary.Faults.BeforeStatement = null;
            Assert.Equal(before, Dump(null));
        }

        Assert.Equal([RunRemoval.Deleted], await Store.Delete([run.Id]));
    }

    [Fact]
    public async Task The_id_of_a_deleted_run_can_be_used_again()
    {
        var run = await Ended("run");
        await Store.Delete([run.Id]);

        var again = new RunState
        {
            Id = run.Id, DefinitionId = run.DefinitionId, DefinitionVersionId = run.DefinitionVersionId, DefinitionVersion = 3, CreatedAt = Turns.Noon, UpdatedAt = Turns.Noon,
            SubStatus = RunSubStatus.Suspended, Revision = 1,
        };
        await Store.Commit([Turns.Start(again, Turns.Mark(again, BookmarkKind.Signal, "paid"))], []);
        for (var turn = 0; turn < 4; turn++)
            await Store.Commit([Turns.Turn(again = Turns.Next(again))], []);

        Assert.Equal(5, Store.Queries.History(run.Id).Count);
    }

    private async Task<RunState> Waiting(string subject)
    {
        var run = Turns.NewRun(subject);
        var task = Turns.Mark(run, BookmarkKind.Task, "task", number: 1);
        await Store.Commit(
            [Turns.Start(run, task, Turns.Mark(run, BookmarkKind.Signal, "paid", number: 2)) with
            {
                Opened = [new TaskOpened(task.Id, run.Id, run.DefinitionId, "step", "contact", subject, new Effect.OpenTask("task", "prospector", "Call"))],
                Outbox = [Turns.Item(run, Turns.Message)],
            }],
            []);
        return run;
    }

    private async Task<RunState> Ended(string subject)
    {
        var run = await Waiting(subject);
        var end = Turns.Finish(run);
        await Store.Commit([end with { Closed = [new TaskClosed(run.Bookmarks[0].Id, "Done", "Bo", new Dictionary<string, object?>())] }], [new OutboxDone($"{run.Id:N}-e1", "{}")]);
        return end.State;
    }

    /// <summary>Every row of every table, but for those of one run, and but for rows of no run.</summary>
    private string Dump(Guid? without)
    {
        using var connection = new SqliteConnection($"Data Source={_temporary.File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var lines = new List<string>();
        foreach (var table in Tables)
        {
            using var command = connection.CreateCommand();
            var number = table == "Runs" ? "Number" : "Run";
            command.CommandText = $"SELECT * FROM {table} WHERE {number} <> 0 AND {number} NOT IN (SELECT Number FROM Runs WHERE Id = $id) ORDER BY 1";
            command.Parameters.AddWithValue("$id", (without ?? Guid.Empty).ToByteArray(true));
            using var reader = command.ExecuteReader();
            while (reader.Read())
                lines.Add($"{table}: " + string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i).ToString())));
        }

        return string.Join('\n', lines);
    }
}
