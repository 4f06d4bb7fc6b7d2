using Microsoft.Data.Sqlite;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Runs;

/// <summary>What the disk and other programs do to the store, and that it works again when they stop.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task A_full_disk_fails_the_commit_with_the_cure_loses_nothing_and_is_over_when_there_is_space()
    {
        await using var temporary = TemporaryStore.Create(new() { OnOpen = "PRAGMA max_page_count = 40;" });
        var stored = new List<RunState>();
        var failure = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            for (; ; )
            {
                var run = LargeRun();
                await temporary.Store.Commit([Turns.Start(run)], []);
                stored.Add(run);
            }
        });
        Assert.Contains("is full", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(stored);

        temporary.Faults.OnOpen = null;
        var late = LargeRun();
        await temporary.Store.Commit([Turns.Start(late)], []);
        await temporary.Reopen();
        foreach (var run in stored.Append(late))
            Assert.NotNull(await temporary.Store.Get(run.Id));
        Assert.Equal(stored.Count + 1, temporary.Store.Queries.Count(new()));
    }

    [Fact]
    public async Task A_database_that_another_program_locks_fails_the_commit_and_is_written_again_when_it_lets_go()
    {
        await using var temporary = TemporaryStore.Create();
        var run = Turns.NewRun();
        await using (var other = new SqliteConnection($"Data Source={temporary.File};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            var failure = await Assert.ThrowsAsync<StoreException>(() => temporary.Store.Commit([Turns.Start(run)], []).AsTask());
            Assert.Contains("locked", failure.Message, StringComparison.Ordinal);
            Assert.Null(await temporary.Store.Get(run.Id));
        }

        run.Bookmarks.Clear();
        await temporary.Store.Commit([Turns.Start(run)], []);
        Assert.NotNull(await temporary.Store.Get(run.Id));
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_fails_the_commit_and_is_written_again_when_it_may()
    {
        var faults = new WriterFaults { OnOpen = "PRAGMA query_only = 0;" };
        await using var temporary = TemporaryStore.Create(faults);
        var run = Turns.NewRun();
        faults.BeforeStatement = () => throw new SqliteFault(SqliteFault.ReadOnly, "attempt to write a readonly database");
        var failure = await Assert.ThrowsAsync<StoreException>(() => temporary.Store.Commit([Turns.Start(run)], []).AsTask());
        Assert.Contains("cannot be written to", failure.Message, StringComparison.Ordinal);

        faults.BeforeStatement = null;
        await temporary.Store.Commit([Turns.Start(run)], []);
        Assert.NotNull(await temporary.Store.Get(run.Id));
    }

    [Fact]
    public async Task An_error_at_COMMIT_fails_every_caller_that_shares_the_transaction()
    {
        await using var temporary = TemporaryStore.Create();
        var runs = Enumerable.Range(0, 3).Select(_ => Turns.NewRun()).ToList();
        var commits = await temporary.WhileWriterIsHeld(() =>
        {
            var started = runs.ConvertAll(run => temporary.Store.Commit([Turns.Start(run)], []).AsTask());
            // What is left of the held commit (its two rows and COMMIT), then BEGIN, two rows for each of the three, COMMIT.
            var statements = 0;
            temporary.Faults.BeforeStatement = () =>
            {
                if (++statements == 3 + 1 + 6 + 1)
                    throw new SqliteFault(SqliteFault.InputOutput, "disk I/O error");
            };
            return started;
        });

        foreach (var commit in commits)
            Assert.Contains("Check the disk", (await Assert.ThrowsAsync<StoreException>(() => commit)).Message, StringComparison.Ordinal);
        Assert.Equal(1, temporary.Store.Queries.Count(new()));
        Assert.Empty(await temporary.Store.Due(Turns.Noon.AddYears(1), 10));
    }

    [Fact]
    public async Task What_is_no_database_is_refused_at_the_door_with_the_cure()
    {
        var folder = Directory.CreateTempSubdirectory("playbook-broken-").FullName;
        var file = Path.Combine(folder, "playbook.db");
        await File.WriteAllTextAsync(file, new string('x', 10_000));
        using (var owner = StoreLock.Acquire(file))
            Assert.Contains("restore", Assert.Throws<StoreException>(() => RunStore.Open(owner)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Commits_that_wait_when_the_store_is_closed_are_written_and_later_ones_are_refused()
    {
        await using var temporary = TemporaryStore.Create();
        var runs = Enumerable.Range(0, 50).Select(_ => Turns.NewRun()).ToList();
        var commits = runs.Select(run => temporary.Store.Commit([Turns.Start(run)], []).AsTask()).ToList();
        var closed = temporary.Store;
        await temporary.Reopen();
        await Task.WhenAll(commits);

        Assert.Equal(50, temporary.Store.Queries.Count(new()));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => closed.Commit([Turns.Start(Turns.NewRun())], []).AsTask());
    }

    private static RunState LargeRun()
    {
        var run = Turns.NewRun();
        run.Variables = [new string('v', 3_000)];
        return run;
    }
}
