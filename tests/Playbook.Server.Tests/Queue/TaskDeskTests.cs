using Microsoft.Extensions.DependencyInjection;
using Playbook.Sales.Queue;
using Playbook.Sales.Reps;
using Playbook.Server.Pages.Team;
using Playbook.Server.Pages.Today;
using Playbook.Server.Queue;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs;

namespace Playbook.Server.Tests.Queue;

public sealed class TaskDeskTests
{
    [Fact]
    public async Task Of_two_who_reach_for_a_task_one_gets_it()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        var task = await trial.FirstTask();

        var results = await Task.WhenAll(Desk(trial).Claim(task, "Ada"), Desk(trial).Claim(task, "Bo"));

        Assert.Single(results, moves => moves.Count == 1);
        Assert.Equal(results.Single(moves => moves.Count == 1)[0].OwnerAfter, trial.Server.Services.GetRequiredService<RunTasks>().Get(task)!.Owner);
    }

    [Fact]
    public async Task What_is_put_off_leaves_the_day_and_comes_back_and_can_be_undone()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        var task = await trial.FirstTask();

        var moves = await Desk(trial).Snooze(task, TrialServer.Begin.AddDays(2), "Ada", "on holiday");
        Assert.Empty((await Shelf(trial).Load(null, "Ada")).Today);
        Assert.Equal(QueueReason.NotYet, (await Shelf(trial).Load(null, "Ada")).Moved[0].Place.Why);
        Assert.Equal(1, await Desk(trial).Undo(moves, "Ada"));

        Assert.Single((await Shelf(trial).Load(null, "Ada")).Today);
        Assert.Equal([(TaskMoveKind.Undone, "Ada"), (TaskMoveKind.Snoozed, "Ada")], trial.Server.Services.GetRequiredService<QueueBook>().Moves(task).Select(move => (move.Kind, move.By!)));
        Assert.Equal(0, await Desk(trial).Undo(moves, "Ada"));
    }

    [Fact]
    public async Task What_was_given_to_a_colleague_is_in_their_day_and_not_in_mine()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        var task = await trial.FirstTask();

        await Desk(trial).Delegate(task, "Bo", "Ada", "knows them");

        Assert.Empty((await Shelf(trial).Load(null, "Ada")).All);
        Assert.Equal([task], (await Shelf(trial).Load(null, "Bo")).All.Select(item => item.Task.Id));
    }

    [Fact]
    public async Task Whoever_works_few_hours_gets_a_shorter_day()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        Assert.Equal(TimeSpan.FromHours(6.5), (await Shelf(trial).Load(null, "Ada")).Capacity);

        await trial.Server.Services.GetRequiredService<WorkingWeeks>().Set(new WorkingWeek("Ada", 6, 3), "Mia");

        Assert.Equal(TimeSpan.FromHours(2), (await Shelf(trial).Load(null, "Ada")).Capacity);
        Assert.Equal(TimeSpan.FromHours(6.5), (await Shelf(trial).Load(null, "Bo")).Capacity);
    }

    [Fact]
    public async Task Many_are_moved_together_and_undone_together_but_for_those_that_changed_since()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        for (var i = 0; i < 5; i++)
            await trial.Run("outreach");
        var tasks = Work(trial).All().Select(task => task.Id).Order(StringComparer.Ordinal).ToList();

        var moves = await Desk(trial).Rebalance(tasks, "Bo", "Mia");
        Assert.Equal(5, moves.Count);
        Assert.Equal(5, trial.Server.Services.GetRequiredService<QueueBook>().Moves(moves[0].Batch!.Value).Count);
        await Desk(trial).Delegate(tasks[0], "Cy", "Bo", null);

        Assert.Equal(4, await Desk(trial).Undo(moves, "Mia"));
        Assert.Equal(["Cy", null, null, null, null], tasks.Select(task => Work(trial).Find(task)!.Owner));
    }

    [Fact]
    public async Task Open_work_in_memory_is_what_the_database_says_whatever_was_done()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var random = new Random(3);
        _ = Work(trial).All();
        for (var act = 0; act < 60; act++)
        {
            var open = Work(trial).All().Select(task => task.Id).Order(StringComparer.Ordinal).ToList();
            var any = open.Count == 0 ? null : open[random.Next(open.Count)];
            switch (random.Next(7))
            {
                case 0 or 1:
                case var _ when any is null:
                    await trial.Run("outreach", random.Next(2) == 0 ? (await trial.Contact()).Id : null);
                    break;
                case 2:
                    await trial.Post($"/api/tasks/{any}/complete", new() { ["outcome"] = "No answer", ["by"] = "Bo" });
                    break;
                case 3:
                    await Desk(trial).Claim(any!, "Ada");
                    break;
                case 4:
                    await Desk(trial).Snooze(any!, TrialServer.Begin.AddHours(random.Next(1, 90)), "Ada", null);
                    break;
                case 5:
                    await Desk(trial).Release(any!, "Ada");
                    break;
                default:
                    await trial.Server.Services.GetRequiredService<AnswerDesk>().Hold(any!, $"{act}", "No answer", new Dictionary<string, object?>(), "Ada");
                    break;
            }
        }

        var known = Work(trial).All().OrderBy(task => task.Id, StringComparer.Ordinal).ToList();
        Work(trial).Forget();
        Assert.Equal(Work(trial).All().OrderBy(task => task.Id, StringComparer.Ordinal), known);
    }

    private static TaskDesk Desk(TrialServer trial) => trial.Server.Services.GetRequiredService<TaskDesk>();

    private static TodayShelf Shelf(TrialServer trial) => trial.Server.Services.GetRequiredService<TodayShelf>();

    private static OpenWork Work(TrialServer trial) => trial.Server.Services.GetRequiredService<OpenWork>();
}
