using Playbook.Sales.Queue;

namespace Playbook.Sales.Tests.Queue;

public sealed class DayPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_does_not_fit_is_moved_and_a_shorter_step_takes_the_room()
    {
        var plan = Plan(TimeSpan.FromMinutes(50),
            Item("first", 30, value: 300), Item("too-long", 40, value: 200), Item("short", 20, value: 10));

        Assert.Equal(["first", "short"], plan.Today.Select(place => place.Item.TaskId));
        Assert.Equal(["too-long"], plan.Moved.Select(place => place.Item.TaskId));
        Assert.Equal(TimeSpan.FromMinutes(50), plan.Planned);
    }

    [Fact]
    public void A_promise_for_the_afternoon_keeps_its_room()
    {
        var plan = Plan(TimeSpan.FromMinutes(30), Item("call", 30, value: 500), Item("promise", 20, value: 0) with { PromisedAt = Now.AddHours(5) });

        Assert.Equal(["promise"], plan.Today.Select(place => place.Item.TaskId));
        Assert.Equal(["call"], plan.Moved.Select(place => place.Item.TaskId));
    }

    [Fact]
    public void What_can_only_be_begun_tomorrow_is_for_tomorrow() =>
        Assert.Empty(Plan(TimeSpan.FromHours(8), Item("asleep", 10, value: 1) with { WindowOpensAt = End.AddHours(1) }).Today);

    [Fact]
    public void Replies_are_answered_today_even_when_the_day_is_full()
    {
        var plan = Plan(TimeSpan.Zero, Item("reply", 15, value: 0) with { RepliedAt = Now });

        Assert.Single(plan.Today);
        Assert.True(plan.Planned > plan.Capacity, "An overfull day says so instead of hiding it.");
    }

    [Fact]
    public void Whatever_comes_nothing_is_lost_and_only_replies_and_promises_overfill_a_day()
    {
        var random = new Random(9);
        for (var trial = 0; trial < 500; trial++)
        {
            var queue = TaskQueue.Order(Enumerable.Range(0, 25).Select(i => TaskQueueTests.Any(random, i)), Now);
            var capacity = TimeSpan.FromMinutes(random.Next(0, 600));
            var plan = DayPlan.Of(queue, capacity, End);

            Assert.Equal(queue.Count, plan.Today.Count + plan.Moved.Count);
            Assert.Equal(plan.Planned, TimeSpan.FromTicks(plan.Today.Sum(place => place.Item.Takes.Ticks)));
            Assert.True(plan.Planned <= capacity || plan.Today.All(place => place.Item.RepliedAt is not null || place.Item.PromisedAt is not null));
        }
    }

    private static QueueItem Item(string id, int minutes, decimal value) => new(id, Now.AddDays(-1)) { Takes = TimeSpan.FromMinutes(minutes), ExpectedValue = value };

    private static DayPlan Plan(TimeSpan capacity, params QueueItem[] items) => DayPlan.Of(TaskQueue.Order(items, Now), capacity, End);
}
