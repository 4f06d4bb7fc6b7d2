using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Storage.Tests.Runs;

public sealed class RunQueriesTests : IAsyncLifetime
{
    private TemporaryStore _temporary = null!;

    private RunStore Store => _temporary.Store;

    public ValueTask InitializeAsync()
    {
        _temporary = TemporaryStore.Create();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Runs_are_listed_newest_first_and_by_page()
    {
        var runs = new List<RunState>();
        for (var i = 0; i < 5; i++)
            runs.Add(await Started($"contact-{i}"));

        Assert.Equal([runs[4].Id, runs[3].Id], Store.Queries.List(new(), 0, 2).Select(run => run.Id));
        Assert.Equal([runs[2].Id, runs[1].Id], Store.Queries.List(new(), 2, 2).Select(run => run.Id));
        Assert.Equal(5, Store.Queries.Count(new()));
    }

    [Fact]
    public async Task Runs_are_found_by_any_part_of_the_filter_and_by_all_together()
    {
        var one = await Started("contact-1");
        var two = await Started("contact-2");
        await Store.Commit([Turns.Finish(two)], []);

        Assert.Equal(one.Id, Assert.Single(Store.Queries.List(new() { Status = RunStatus.Running }, 0, 10)).Id);
        Assert.Equal(two.Id, Assert.Single(Store.Queries.List(new() { SubStatus = RunSubStatus.Finished }, 0, 10)).Id);
        Assert.Equal(two.Id, Assert.Single(Store.Queries.List(new() { SubjectId = "contact-2" }, 0, 10)).Id);
        Assert.Equal(2, Store.Queries.Count(new() { DefinitionId = "cold-outreach", DefinitionVersionId = "cold-outreach-3" }));
        Assert.Equal(0, Store.Queries.Count(new() { DefinitionId = "renewal" }));
        Assert.Equal(0, Store.Queries.Count(new() { SubjectId = "contact-2", Status = RunStatus.Running, SubjectKind = "contact" }));
        Assert.Equal(
            [new RunCount("cold-outreach", RunStatus.Running, RunSubStatus.Suspended, 1), new("cold-outreach", RunStatus.Finished, RunSubStatus.Finished, 1)],
            Store.Queries.CountByStatus());
    }

    [Fact]
    public async Task Runs_with_an_open_incident_are_found_until_it_is_resolved()
    {
        var run = await Started("contact-1");
        var faulted = Turns.Next(run);
        (faulted.Status, faulted.SubStatus) = (RunStatus.Finished, RunSubStatus.Faulted);
        faulted.Incidents.Add(new("i1", "step", "Elsa.Step", 1, "The script 'first-touch' is missing.", Turns.Noon));
        await Store.Commit([Turns.Turn(faulted)], []);
        Assert.Equal(1, Assert.Single(Store.Queries.List(new() { WithIncidents = true }, 0, 10)).OpenIncidents);

        var repaired = Turns.Next(faulted);
        (repaired.Status, repaired.SubStatus) = (RunStatus.Running, RunSubStatus.Suspended);
        repaired.Incidents[0] = repaired.Incidents[0] with { Resolved = true };
        await Store.Commit([Turns.Turn(repaired)], []);
        Assert.Empty(Store.Queries.List(new() { WithIncidents = true }, 0, 10));
    }

    [Fact]
    public async Task History_is_every_turn_of_the_run_in_order_and_of_no_other()
    {
        RunState one = await Started("contact-1"), two = await Started("contact-2");
        for (var i = 0; i < 3; i++)
        {
            await Store.Commit([Turns.Turn(one = Turns.Next(one), new Stimulus.Replied("yes", "email"))], []);
            await Store.Commit([Turns.Turn(two = Turns.Next(two))], []);
        }

        var history = Store.Queries.History(one.Id);
        Assert.Equal([1L, 2, 3, 4], history.Select(turn => turn.Revision));
        Assert.All(history, turn => Assert.Equal(one.Id, turn.RunId));
        Assert.Equal(new Stimulus.Replied("yes", "email"), history[3].Stimulus);
        Assert.Equal("step", Assert.Single(history[3].Events).ActivityId);
        Assert.Equal(Turns.Noon.AddMinutes(3), history[3].At);
        Assert.Empty(Store.Queries.History(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task The_feed_gives_every_turn_once_in_the_order_of_commits()
    {
        RunState one = await Started("contact-1"), two = await Started("contact-2");
        await Store.Commit([Turns.Turn(Turns.Next(one))], []);

        var first = Store.Queries.Feed(0, 2);
        var rest = Store.Queries.Feed(first[^1].Seq, 10);
        Assert.Equal([one.Id, two.Id, one.Id], first.Concat(rest).Select(turn => turn.Entry.RunId));
        Assert.Equal("contact-1", rest[0].SubjectId);
        Assert.Empty(Store.Queries.Feed(rest[0].Seq, 10));
    }

    [Fact]
    public async Task A_message_stays_as_the_record_of_what_was_sent_and_other_effects_go()
    {
        var run = Turns.NewRun();
        OutboxItem message = Turns.Item(run, Turns.Message, 1), signal = Turns.Item(run, Turns.Signal, 2);
        await Store.Commit([Turns.Start(run) with { Outbox = [message, signal] }], []);
        await Store.ClaimOutbox(Turns.Noon, 10, TimeSpan.FromMinutes(5));
        await Store.Defer(message, Turns.Noon.AddHours(1), "Outside the sending window.");
        var waiting = Assert.Single(Store.Queries.Messages(run.Id));
        Assert.Equal((OutboxStatus.Waiting, "Outside the sending window."), (waiting.State, waiting.Reason));

        _temporary.Clock.SetUtcNow(Turns.Noon.AddHours(2));
        await Store.Commit([], [new(message.Id, """{"providerId":"m-1"}"""), new(signal.Id, null)]);
        var sent = Assert.Single(Store.Queries.Messages(run.Id));
        Assert.Equal(Turns.Message, sent.Message);
        Assert.Equal((OutboxStatus.Done, Turns.Noon.AddHours(2), """{"providerId":"m-1"}"""), (sent.State, sent.DoneAt, sent.Result));
        Assert.Equal(1, CountRows("Outbox"));
    }

    [Fact]
    public async Task A_message_that_was_sent_is_not_withdrawn_and_one_that_was_not_is()
    {
        var run = Turns.NewRun();
        OutboxItem sent = Turns.Item(run, Turns.Message, 1), unsent = Turns.Item(run, Turns.Message, 2);
        await Store.Commit([Turns.Start(run) with { Outbox = [sent, unsent] }], []);
        await Store.Commit([], [new(sent.Id, "{}")]);
        await Store.Commit([Turns.Finish(run, RunSubStatus.Cancelled) with { Withdrawn = [sent.Id, unsent.Id] }], []);

        Assert.Equal([OutboxStatus.Done, OutboxStatus.Withdrawn], Store.Queries.Messages(run.Id).Select(message => message.State));
    }

    [Fact]
    public async Task When_all_runs_have_ended_nothing_that_waits_is_left_in_any_table()
    {
        var run = Turns.NewRun();
        await Store.Commit(
            [
                Turns.Start(run,
                    Turns.Mark(run, BookmarkKind.Signal, "replied"), Turns.Mark(run, BookmarkKind.Reply, "reply", number: 2),
                    Turns.Mark(run, BookmarkKind.Due, "due", Turns.Noon, 3)) with { Outbox = [Turns.Item(run, Turns.Signal)] },
            ],
            []);
        await Store.Commit([Turns.Finish(run)], [new(Turns.Item(run, Turns.Signal).Id, null)]);

        Assert.Equal(0, CountRows("Waits"));
        Assert.Equal(0, CountRows("Outbox"));
        Assert.Null(Store.NextDueAt);
    }

    private long CountRows(string table)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_temporary.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = $"SELECT count(*) FROM {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private async Task<RunState> Started(string subject)
    {
        var run = Turns.NewRun(subject);
        await Store.Commit([Turns.Start(run)], []);
        return run;
    }
}
