using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Sales.Queue;
using Playbook.Server.Queue;
using Playbook.Server.Sending;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Tests.Queue;

/// <summary>An answer given on a page can be taken back for half a minute; nothing is lost and nothing done twice.</summary>
public sealed class HeldAnswerTests
{
    private static readonly Dictionary<string, object?> Pain = new() { ["pain"] = "no-shows" };

    [Fact]
    public async Task An_answer_counts_after_half_a_minute_and_not_before()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.Run("outreach");
        var task = await trial.FirstTask();

        Assert.IsType<HoldResult.Kept>(await Desk(trial).Hold(task, "k", "Interested", Pain, "Ada"));
        await Move(trial, 29);
        Assert.Equal(TaskState.Open, Tasks(trial).Get(task)!.State);
        await Move(trial, 31);

        var done = Tasks(trial).Get(task)!;
        Assert.Equal((TaskState.Completed, "Interested", "Ada", "no-shows"), (done.State, done.Outcome, done.By, done.Fields["pain"]));
        Assert.Empty(Book(trial).Held());
        Assert.Equal(1, Completions(trial, run));
    }

    [Fact]
    public async Task An_answer_that_was_taken_back_leaves_the_run_where_it_was_and_can_be_given_anew()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.Run("outreach");
        var task = await trial.FirstTask();
        var before = (await Store(trial).Get(Guid.Parse(run)))!.Revision;

        var kept = Assert.IsType<HoldResult.Kept>(await Desk(trial).Hold(task, "k", "No answer", NoFields, "Ada"));
        Assert.True(await Desk(trial).TakeBack(kept.Answer, "Ada"));
        await Move(trial, 60);

        Assert.Equal(before, (await Store(trial).Get(Guid.Parse(run)))!.Revision);
        Assert.False(await Desk(trial).TakeBack(kept.Answer, "Ada"));
        Assert.IsType<HoldResult.Kept>(await Desk(trial).Hold(task, "k", "Interested", Pain, "Ada"));
        Assert.Equal([TaskMoveKind.Answered, TaskMoveKind.TakenBack, TaskMoveKind.Answered], Book(trial).Moves(task).Select(move => move.Kind));
    }

    [Fact]
    public async Task The_same_answer_given_twice_is_one_and_anothers_is_told_who_was_first()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.Run("outreach");
        var task = await trial.FirstTask();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Desk(trial).Hold(task, i % 2 == 0 ? "ada" : "bo", "No answer", NoFields, i % 2 == 0 ? "Ada" : "Bo")));
        await Move(trial, 40);

        var winner = Tasks(trial).Get(task)!.By;
        Assert.Equal(6, results.Count(result => result is HoldResult.Kept kept && kept.Answer.By == winner));
        Assert.Equal(6, results.Count(result => result is HoldResult.Taken taken && taken.Before.By == winner));
        Assert.Equal(1, Completions(trial, run));
    }

    [Fact]
    public async Task A_form_that_is_not_right_is_not_held()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");

        var wrong = Assert.IsType<HoldResult.Wrong>(await Desk(trial).Hold(await trial.FirstTask(), "k", "Interested", NoFields, "Ada"));

        Assert.Equal(["pain"], wrong.Problems.Keys);
        Assert.Empty(Book(trial).Held());
    }

    [Fact]
    public async Task Who_was_slower_than_the_API_hears_so_and_the_run_hears_one_answer()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.Run("outreach");
        var task = await trial.FirstTask();
        var told = new List<string>();
        Desk(trial).CameLate += (answer, why) => told.Add($"{answer.By}: {why}");

        await Desk(trial).Hold(task, "k", "Interested", Pain, "Ada");
        await trial.Post($"/api/tasks/{task}/complete", new() { ["outcome"] = "No answer", ["by"] = "Bo" });
        await Move(trial, 40);

        Assert.Equal(["Ada: Bo was faster with 'No answer'."], told);
        Assert.Equal(1, Completions(trial, run));
        Assert.Equal(TaskMoveKind.Late, Book(trial).Moves(task)[0].Kind);
    }

    [Fact]
    public async Task What_was_held_when_the_program_ended_is_taken_when_it_begins_again()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.Run("outreach");
        var task = await trial.FirstTask();
        // As a crash leaves it: on disk, and its time has passed.
        await Book(trial).Hold(new HeldAnswer(task, "k", "Interested", Pain, "Ada", TrialServer.Begin.AddMinutes(-1), TrialServer.Begin.AddSeconds(-30)));
        await trial.Stop();

        await trial.StartAgain();

        Assert.Equal(TaskState.Completed, Tasks(trial).Get(task)!.State);
        Assert.Empty(Book(trial).Held());
        Assert.Equal(1, Completions(trial, run));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_while_the_run_hears_it_neither_loses_nor_doubles_it(bool afterTheCommit)
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.Run("outreach");
        var task = await trial.FirstTask();
        var kept = Assert.IsType<HoldResult.Kept>(await Desk(trial).Hold(task, "k", "Interested", Pain, "Ada"));

        await Assert.ThrowsAsync<ProcessDiedException>(() => Dying(trial, afterTheCommit).Take(kept.Answer));
        Assert.Single(Book(trial).Held());
        await Move(trial, 40);

        Assert.Empty(Book(trial).Held());
        Assert.Equal(1, Completions(trial, run));
        Assert.DoesNotContain(Book(trial).Moves(task), move => move.Kind == TaskMoveKind.Late);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_taken_keeps_no_other_waiting_and_is_tried_again()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var runs = new[] { await trial.Run("outreach"), await trial.Run("outreach") };
        foreach (var item in (await trial.Get("/api/tasks"))["items"]!.AsArray())
            await Book(trial).Hold(new HeldAnswer((string)item!["id"]!, "k", "No answer", NoFields, "Ada", TrialServer.Begin, TrialServer.Begin));

        var faults = await Assert.ThrowsAsync<AggregateException>(() => Dying(trial, afterwards: false).TakeDue());
        Assert.Equal(2, faults.InnerExceptions.Count);
        Assert.All(Book(trial).Held(), answer => Assert.NotNull(answer.Trouble));
        await Move(trial, 120);

        Assert.Empty(Book(trial).Held());
        Assert.All(runs, run => Assert.Equal(1, Completions(trial, run)));
    }

    [Fact]
    public async Task Whatever_comes_in_whatever_order_each_task_is_answered_at_most_once_and_no_answer_is_lost()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var random = new Random(11);
        for (var round = 0; round < 6; round++)
        {
            var run = await trial.Run("outreach");
            var task = (await trial.Get("/api/tasks"))["items"]!.AsArray().Select(item => item!).First(item => (string?)item["runId"] == run)["id"]!.GetValue<string>();
            var late = 0;
            void Told(HeldAnswer answer, string why) => late += answer.TaskId == task ? 1 : 0;
            Desk(trial).CameLate += Told;
            int kept = 0, back = 0;
            var api = false;
            for (var act = 0; act < 8; act++)
            {
                switch (random.Next(6))
                {
                    case 0 or 1:
                        kept += await Desk(trial).Hold(task, $"{round}-{act}", "No answer", NoFields, random.Next(2) == 0 ? "Ada" : "Bo") is HoldResult.Kept ? 1 : 0;
                        break;
                    case 2:
                        back += Book(trial).Held(task) is { } held && await Desk(trial).TakeBack(held, "Ada") ? 1 : 0;
                        break;
                    case 3:
                        await Move(trial, (trial.Clock.GetUtcNow() - TrialServer.Begin).TotalSeconds + random.Next(40));
                        break;
                    case 4 when random.Next(3) == 0:
                        api |= (await trial.Post($"/api/tasks/{task}/complete", new() { ["outcome"] = "No answer", ["by"] = "Cy" })).Status == System.Net.HttpStatusCode.OK;
                        break;
                    case 5 when random.Next(6) == 0:
                        Desk(trial).CameLate -= Told;
                        await trial.Stop();
                        await trial.StartAgain();
                        Desk(trial).CameLate += Told;
                        break;
                }
            }

            await Move(trial, (trial.Clock.GetUtcNow() - TrialServer.Begin).TotalSeconds + 60);
            var heard = kept - back - Book(trial).Moves(task).Count(move => move.Kind == TaskMoveKind.Late);
            Assert.Equal(api ? 0 : heard, heard);
            Assert.InRange(heard, 0, 1);
            Assert.Equal(heard + (api ? 1 : 0), Completions(trial, run));
            Assert.Empty(Book(trial).Held());
            Desk(trial).CameLate -= Told;
        }
    }

    private static readonly Dictionary<string, object?> NoFields = [];

    private static AnswerDesk Desk(TrialServer trial) => trial.Server.Services.GetRequiredService<AnswerDesk>();

    private static QueueBook Book(TrialServer trial) => trial.Server.Services.GetRequiredService<QueueBook>();

    private static RunTasks Tasks(TrialServer trial) => trial.Server.Services.GetRequiredService<RunTasks>();

    private static RunStore Store(TrialServer trial) => trial.Server.Services.GetRequiredService<RunStore>();

    private static int Completions(TrialServer trial, string run) => Store(trial).Queries.History(Guid.Parse(run)).Count(turn => turn.Stimulus is Stimulus.TaskCompleted);

    private static Task Move(TrialServer trial, double seconds) => trial.Server.Services.GetRequiredService<TimeTravel>().MoveTo(TrialServer.Begin.AddSeconds(seconds), CancellationToken.None);

    /// <summary>The server's desk, over a store that dies on command.</summary>
    private static AnswerDesk Dying(TrialServer trial, bool afterwards)
    {
        var services = trial.Server.Services;
        var host = new RunHost(services.GetRequiredService<RunEngine>(), new CrashingStore(Store(trial), 1, afterwards), services.GetRequiredService<RunSources>(), trial.Clock);
        return new AnswerDesk(host, Tasks(trial), Book(trial), services.GetRequiredService<OpenWork>(), services.GetRequiredService<PolicyDesk>(), services.GetRequiredService<WritingDesk>(), services.GetRequiredService<Wakeups>());
    }
}
