using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Sales.Metrics;
using Playbook.Sales.Opportunities;
using Playbook.Storage.Tests.Sending;

namespace Playbook.Storage.Tests.Metrics;

public sealed class HeatTests
{
    private const string Playbook = "close";

    [Fact]
    public async Task A_step_tells_how_many_came_stopped_and_stand_there_and_what_their_sales_are_worth()
    {
        await using var database = new LedgerDatabase();
        // 40 come to the call: 10 stop there, 24 go on to the meeting, 6 still wait at the call with a sale of 1,000 each.
        for (var one = 0; one < 40; one++)
        {
            var sale = new Opportunity { Id = Guid.CreateVersion7(), NaturalKey = $"sale-{one}", Name = "Sale", Phase = Playbook, Status = OpportunityStatus.Open, EngagedOn = new(2026, 2, 1), Value = 1000, CreatedAt = LedgerDatabase.Now, UpdatedAt = LedgerDatabase.Now };
            database.Add(sale);
            await Walk(database, sale.Id.ToString(), calls: one >= 6, meets: one >= 16);
        }

        var heat = database.Store.Metrics.Heat.Of(Playbook, Turns.Noon.AddDays(-1), Turns.Noon.AddDays(30)).ToDictionary(step => step.Step);

        Assert.Equal((40, 10, 6, 6000), (heat["call"].Came, heat["call"].Stopped, heat["call"].Here, heat["call"].ValueHere));
        Assert.Equal(0.25, heat["call"].Drop!.Value.Rate);
        Assert.Equal(1500, heat["call"].ValueAtRisk);
        // 34 of the 40 were done within a minute.
        Assert.Equal(1 / 1440.0, heat["call"].MedianDays!.Value, 9);
        // Too few came to the meeting to say anything but how many.
        Assert.Equal((24, 0, 24), (heat["meet"].Came, heat["meet"].Stopped, heat["meet"].Here));
        Assert.Null(heat["meet"].Drop);
        Assert.Null(heat["meet"].ValueAtRisk);
        Assert.Null(heat["meet"].MedianDays);
        Assert.Empty(database.Store.Metrics.Heat.Of("renewal", Turns.Noon.AddDays(-1), Turns.Noon.AddDays(30)));
        Assert.Equal(0, database.Store.Metrics.Heat.Of(Playbook, Turns.Noon.AddDays(1), Turns.Noon.AddDays(30)).Sum(step => step.Came));
    }

    [Fact]
    public void A_median_wait_counts_who_still_waits()
    {
        // 20 done after one day, 20 still open after ten: half were done after one day, as the product-limit estimate says.
        var half = StepHeat.Of(Visits(20, 1, true).Concat(Visits(20, 10, false)), new Dictionary<string, (long, double)>());
        var fewer = StepHeat.Of(Visits(19, 1, true).Concat(Visits(21, 10, false)), new Dictionary<string, (long, double)>());

        Assert.Equal(1, Assert.Single(half).MedianDays);
        Assert.Null(Assert.Single(fewer).MedianDays);

        static IEnumerable<StepVisit> Visits(int many, double days, bool isOver) => Enumerable.Repeat(new StepVisit("call", days, isOver, false), many);
    }

    private static async Task Walk(LedgerDatabase database, string subject, bool calls, bool meets)
    {
        var state = new RunState
        {
            Id = Guid.CreateVersion7(), DefinitionId = Playbook, DefinitionVersionId = "v", DefinitionVersion = 1, CreatedAt = Turns.Noon, UpdatedAt = Turns.Noon,
            SubStatus = RunSubStatus.Suspended, Subject = new("opportunity", subject, new Dictionary<string, object?>()), Revision = 1,
        };
        var mark = Turns.Mark(state, BookmarkKind.Task, "task");
        await database.Store.Commit([Turns.Start(state, mark) with { Opened = [Open(mark, state, "call", subject)] }], []);
        if (!calls)
            return;
        var after = meets ? Turns.Next(state) : Ended(Turns.Next(state));
        after.Bookmarks.Clear();
        var next = Turns.Mark(after, BookmarkKind.Task, "next", number: 2);
        if (meets)
            after.Bookmarks.Add(next);
        await database.Store.Commit(
        [
            Turns.Turn(after, new Stimulus.TaskCompleted("Reached", new Dictionary<string, object?>(), "Ada") { BookmarkId = mark.Id }) with
            {
                Removed = [mark], Added = meets ? [next] : [], Closed = [new(mark.Id, "Reached", "Ada", new Dictionary<string, object?>())], Opened = meets ? [Open(next, after, "meet", subject)] : [],
            },
        ], []);
    }

    private static RunState Ended(RunState state)
    {
        (state.Status, state.SubStatus, state.FinishedAt) = (RunStatus.Finished, RunSubStatus.Finished, state.UpdatedAt);
        return state;
    }

    private static TaskOpened Open(RunBookmark mark, RunState state, string step, string subject) =>
        new(mark.Id, state.Id, state.DefinitionId, step, "opportunity", subject, new Effect.OpenTask("task", "closer", step) { Channel = "phone", Outcomes = ["Reached"] });
}
