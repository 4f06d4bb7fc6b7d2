using FsCheck.Xunit;
using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Sales.Metrics;
using Playbook.Storage.Metrics;
using Playbook.Storage.Tests.Runs;

namespace Playbook.Storage.Tests.Metrics;

public sealed class RollupTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Property(MaxTest = 8)]
    public async Task Counting_in_any_pieces_gives_what_counting_at_once_gives(int seed)
    {
        await using var files = TemporaryStore.Create();
        var random = new Random(seed);
        List<RunState> open = [];
        for (var batch = 0; batch < 6; batch++)
        {
            var turns = Enumerable.Range(0, random.Next(1, 25)).Select(_ => (Transition)Something(random, open)).DistinctBy(turn => turn.State.Id).ToList();
            foreach (var turn in turns)
            {
                open.RemoveAll(state => state.Id == turn.State.Id);
                open.Add(turn.State);
            }

            await files.Store.Commit(turns, []);
            if (random.Next(3) > 0)
                await files.Store.Metrics.Rollup.Refresh(Zone);
        }

        await files.Store.Metrics.Rollup.Refresh(Zone);
        var pieces = Dump(files);
        await files.Store.Metrics.Rollup.Forget(Zone);
        Assert.Empty(Dump(files));
        var turnsCounted = await files.Store.Metrics.Rollup.Refresh(Zone);

        Assert.NotEmpty(pieces);
        Assert.Equal(pieces, Dump(files));
        Assert.True(turnsCounted >= 6);
    }

    [Fact]
    public async Task A_refresh_reads_only_what_is_new()
    {
        await using var files = TemporaryStore.Create();
        var rollup = files.Store.Metrics.Rollup;
        await files.Store.Commit([Turns.Start(Turns.NewRun()), Turns.Start(Turns.NewRun("contact-2"))], []);

        Assert.Equal(2, await rollup.Refresh(Zone));
        Assert.Equal(0, await rollup.Refresh(Zone));
        await files.Store.Commit([Turns.Start(Turns.NewRun("contact-3"))], []);
        Assert.Equal(1, await rollup.Refresh(Zone));
        Assert.Equal(3, Assert.Single(files.Store.Metrics.Days.Sums(new DayQuestion(DayFact.RunStarted, Day, Day))).Count.Count);
        Assert.Equal(1, rollup.Progress);
    }

    [Fact]
    public async Task In_another_zone_days_begin_at_another_time_so_all_is_counted_again()
    {
        await using var files = TemporaryStore.Create();
        await files.Store.Commit([Turns.Start(Turns.NewRun())], []);
        await files.Store.Metrics.Rollup.Refresh(Zone);

        Assert.Equal(1, await files.Store.Metrics.Rollup.Refresh(TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati")));

        Assert.Empty(files.Store.Metrics.Days.Sums(new DayQuestion(DayFact.RunStarted, Day, Day)));
        Assert.Single(files.Store.Metrics.Days.Sums(new DayQuestion(DayFact.RunStarted, Day.AddDays(1), Day.AddDays(1))));
    }

    [Fact]
    public async Task A_task_is_counted_with_its_role_its_rep_and_whether_it_was_late()
    {
        await using var files = TemporaryStore.Create();
        var state = Turns.NewRun();
        var mark = Turns.Mark(state, BookmarkKind.Task, "task");
        var task = new Effect.OpenTask("task", "prospector", "Call") { Channel = "phone", DueAt = Turns.Noon.AddSeconds(30), Outcomes = ["Reached"] };
        await files.Store.Commit([Turns.Start(state, mark) with { Opened = [new(mark.Id, state.Id, state.DefinitionId, "call", "contact", "contact-1", task)] }], []);
        var after = Turns.Next(state);
        after.Bookmarks.Clear();
        await files.Store.Commit(
            [Turns.Turn(after, new Stimulus.TaskCompleted("Reached", new Dictionary<string, object?>(), "Ada") { BookmarkId = mark.Id }) with { Removed = [mark], Closed = [new(mark.Id, "Reached", "Ada", new Dictionary<string, object?>())] }], []);

        await files.Store.Metrics.Rollup.Refresh(Zone);

        var sum = Assert.Single(files.Store.Metrics.Days.Sums(new DayQuestion(DayFact.TaskDone, Day, Day), DayPart.Rep, DayPart.Role, DayPart.Channel, DayPart.Outcome));
        Assert.Equal(["Ada", "prospector", "phone", "Reached"], sum.Group);
        Assert.Equal(new DayCount(1, 1, 60), sum.Count);
        Assert.Equal(1, files.Store.Metrics.Marks.Count(Mark.Conversation, Day, Day));
    }

    [Fact]
    public async Task An_experiment_counts_what_came_after_the_variant_and_not_what_was_before()
    {
        await using var files = TemporaryStore.Create();
        var (early, late) = (Turns.NewRun("early"), Turns.NewRun("late"));
        await files.Store.Commit([Turns.Start(early), Turns.Start(late)], []);
        await files.Store.Commit([Turns.Turn(Turns.Next(early), new Stimulus.Replied("yes", "email"))], []);
        await files.Store.Commit([Turns.Turn(Turns.Next(late)) with { Events = [Assigned("B")] }, Turns.Turn(Turns.Next(Turns.Next(early))) with { Events = [Assigned("A")] }], []);
        await files.Store.Commit([Turns.Turn(Turns.Next(Turns.Next(late)), new Stimulus.Replied("yes", "email"))], []);

        await files.Store.Metrics.Rollup.Refresh(Zone);
        var answers = files.Store.Metrics.Marks.Answers("intro", Mark.Replied, Turns.Noon.AddDays(1));

        Assert.Equal([("A", false), ("B", true)], answers.Select(answer => (answer.Variant, answer.Succeeded)).Order());
        Assert.Equal([("intro", "A", 1), ("intro", "B", 1)], files.Store.Metrics.Marks.Variants());
    }

    private static RunEvent Assigned(string variant) => new(RunEventKind.Fact, "try", "Playbook.Experiment", 1)
    {
        Text = "VariantAssigned", Data = new Dictionary<string, object?> { ["experiment"] = "intro", ["variant"] = variant },
    };

    private static Draft Something(Random random, List<RunState> open)
    {
        if (open.Count == 0 || random.Next(4) == 0)
        {
            var state = Turns.NewRun($"contact-{random.Next(6)}");
            state.UpdatedAt = Turns.Noon.AddHours(random.Next(200));
            return Turns.Start(state) with { Events = [new(RunEventKind.Started, $"step-{random.Next(3)}", "Playbook.GuidedStep", 1)] };
        }

        var next = Turns.Next(open[random.Next(open.Count)]);
        next.UpdatedAt = next.UpdatedAt.AddHours(random.Next(-3, 30));
        Stimulus stimulus = random.Next(4) switch
        {
            0 => new Stimulus.Replied("hello", "email"),
            1 => new Stimulus.TaskCompleted("Booked", new Dictionary<string, object?>(), $"Rep {random.Next(2)}"),
            2 => new Stimulus.Unsubscribed("stop", "email"),
            _ => new Stimulus.Due(),
        };
        return Turns.Turn(next, stimulus) with { Events = random.Next(3) == 0 ? [Assigned(random.Next(2) == 0 ? "A" : "B")] : [new(RunEventKind.Completed, "step", "Playbook.GuidedStep", 1) { Outcomes = ["Yes"] }] };
    }

    private static List<string> Dump(TemporaryStore files)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={files.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT Fact || '|' || Day || '|' || Playbook || '|' || Step || '|' || Outcome || '|' || Rep || '|' || Count || '|' || Late || '|' || Seconds FROM MetricDays
            UNION ALL SELECT Subject || '|' || What || '|' || At || '|' || Day FROM MetricMarks ORDER BY 1
            """;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
