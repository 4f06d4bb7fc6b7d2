using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Storage.Tests.Runs;

public sealed class RunTasksTests : IAsyncLifetime
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
    public async Task A_task_is_read_as_it_was_opened()
    {
        var request = new Effect.OpenTask("task", "prospector", "Call Karen")
        {
            Script = "first-call",
            DoneWhen = "She said yes or no.",
            Channel = "phone",
            Outcomes = ["Reached", "No answer"],
            Fields = [new("pain", "What hurts?", "choice") { Required = true, RequiredFor = ["Reached"], Options = ["time", "money"], Min = 1.5m }],
            DueAt = Turns.Noon.AddHours(4),
            Details = new Dictionary<string, object?> { ["packet"] = new List<object?> { "a", 1L, 1.5, true, null } },
        };
        var (run, id) = await Open(request);

        var task = Store.Tasks.Get(id);
        Assert.NotNull(task);
        Assert.Equal((run.Id, "prospector", "Call Karen", TaskState.Open), (task.RunId, task.Role, task.Title, task.State));
        Assert.Equivalent(request, task.Request, strict: true);
        Assert.Null(Store.Tasks.Get("none"));
    }

    [Fact]
    public async Task The_queue_is_in_due_order_with_the_dateless_last()
    {
        var (_, none) = await Open(new("task", "closer", "c"));
        var (_, late) = await Open(new("task", "closer", "b") { DueAt = Turns.Noon.AddHours(2) });
        var (_, early) = await Open(new("task", "closer", "a") { DueAt = Turns.Noon.AddHours(1) });
        await Open(new("task", "prospector", "x"));

        Assert.Equal([early, late, none], Store.Tasks.List(new() { Role = "closer" }, 0, 10).Select(task => task.Id));
        Assert.Equal([late], Store.Tasks.List(new() { Role = "closer" }, 1, 1).Select(task => task.Id));
        Assert.Equal(4, Store.Tasks.Count(new()));
        Assert.Equal([new TaskCount("closer", 3, 3), new("prospector", 1, 1)], Store.Tasks.CountByRole());
    }

    [Fact]
    public async Task A_completed_task_leaves_the_queue_and_keeps_what_was_answered()
    {
        var (run, id) = await Open(new("task", "closer", "Call"));
        await Store.Commit(
            [Turns.Finish(run) with { Closed = [new(id, "Won", "karen", new Dictionary<string, object?> { ["amount"] = 12.50m, ["signed"] = new DateOnly(2026, 3, 2) })] }],
            []);

        Assert.Empty(Store.Tasks.List(new(), 0, 10));
        var task = Store.Tasks.Get(id)!;
        Assert.Equal((TaskState.Completed, "Won", "karen"), (task.State, task.Outcome, task.By));
        Assert.Equal(run.UpdatedAt.AddMinutes(1), task.CompletedAt);
        Assert.Equal(12.50m, task.Fields["amount"]);
        Assert.Equal(new DateOnly(2026, 3, 2), task.Fields["signed"]);
    }

    [Fact]
    public async Task A_withdrawn_task_leaves_the_queue_without_an_outcome()
    {
        var (run, id) = await Open(new("task", "closer", "Call"));
        await Store.Commit([Turns.Finish(run, RunSubStatus.Cancelled) with { Closed = [new(id, null, null, new Dictionary<string, object?>())] }], []);
        Assert.Equal(TaskState.Withdrawn, Store.Tasks.Get(id)!.State);
        Assert.Equal(0, Store.Tasks.Count(new()));
    }

    [Fact]
    public async Task A_run_that_would_end_and_leave_an_open_task_is_refused()
    {
        var (run, _) = await Open(new("task", "closer", "Call"));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Commit([Turns.Finish(run)], []).AsTask());
        Assert.Contains("1 open tasks", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await Store.Get(run.Id))!.Revision);
    }

    [Fact]
    public async Task An_escalated_task_is_in_the_other_roles_queue_and_free_to_take()
    {
        var (run, id) = await Open(new("task", "prospector", "Call"));
        await Store.Tasks.Assign(id, "karen");
        await Store.Commit([Turns.Turn(Turns.Next(run)) with { Escalated = [new(id, "closer")] }], []);

        var task = Assert.Single(Store.Tasks.List(new() { Role = "closer", Unowned = true }, 0, 10));
        Assert.Equal("prospector", task.EscalatedFrom);
        Assert.Empty(Store.Tasks.List(new() { Role = "prospector" }, 0, 10));
    }

    [Fact]
    public async Task Of_two_who_reach_for_a_task_one_gets_it()
    {
        var (_, id) = await Open(new("task", "closer", "Call"));
        Assert.True(await Store.Tasks.Assign(id, "karen"));
        Assert.False(await Store.Tasks.Assign(id, "jonas"));
        Assert.Equal("karen", Assert.Single(Store.Tasks.List(new() { Owner = "karen" }, 0, 10)).Owner);
        Assert.True(await Store.Tasks.Assign(id, "jonas", before: "karen"));
        Assert.True(await Store.Tasks.Assign(id, null, before: "jonas"));
        Assert.Single(Store.Tasks.List(new() { Unowned = true }, 0, 10));
    }

    private async Task<(RunState Run, string TaskId)> Open(Effect.OpenTask request)
    {
        var run = Turns.NewRun();
        var mark = Turns.Mark(run, BookmarkKind.Task, "task");
        await Store.Commit(
            [Turns.Start(run, mark) with { Opened = [new(mark.Id, run.Id, run.DefinitionId, "step", "contact", "contact-1", request)] }],
            []);
        return (run, mark.Id);
    }
}
