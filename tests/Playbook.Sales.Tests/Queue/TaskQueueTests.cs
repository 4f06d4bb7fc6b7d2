using Playbook.Sales.Queue;

namespace Playbook.Sales.Tests.Queue;

public sealed class TaskQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_reply_beats_every_planned_step()
    {
        var order = Order(
            Item("dear") with { ExpectedValue = 1_000_000, DueAt = Now.AddHours(-5) },
            Item("promise") with { PromisedAt = Now },
            Item("reply") with { RepliedAt = Now.AddMinutes(-12) });

        Assert.Equal(["reply", "promise", "dear"], order);
    }

    [Fact]
    public void Of_two_replies_the_one_that_waits_longer_comes_first() => Assert.Equal(
        ["hour", "minute"],
        Order(Item("minute") with { RepliedAt = Now.AddMinutes(-1) }, Item("hour") with { RepliedAt = Now.AddHours(-1) }));

    [Fact]
    public void A_promise_comes_ten_minutes_before_its_time_and_not_earlier()
    {
        var item = Item("promise") with { PromisedAt = Now.AddMinutes(30) };

        Assert.Equal(QueueReason.NotYet, TaskQueue.Order([item], Now).Single().Why);
        Assert.Equal(Now.AddMinutes(20), TaskQueue.Order([item], Now).Single().From);
        Assert.Equal(QueueReason.Promised, TaskQueue.Order([item], Now.AddMinutes(20)).Single().Why);
    }

    [Fact]
    public void A_hand_over_that_runs_out_within_the_hour_comes_before_planned_work() => Assert.Equal(
        ["baton", "call"],
        Order(Item("call") with { ExpectedValue = 500 }, Item("baton") with { AcceptBy = Now.AddMinutes(50) }));

    [Fact]
    public void Whoever_can_soon_not_be_reached_comes_before_what_is_worth_more() => Assert.Equal(
        ["closing", "dear"],
        Order(Item("dear") with { ExpectedValue = 900, DueAt = Now }, Item("closing") with { ExpectedValue = 10, DueAt = Now, WindowClosesAt = Now.AddMinutes(40) }));

    [Fact]
    public void What_brings_more_for_an_hour_comes_first_not_what_brings_more() => Assert.Equal(
        ["short", "long"],
        Order(Item("long") with { ExpectedValue = 600, Takes = TimeSpan.FromHours(2) }, Item("short") with { ExpectedValue = 400, Takes = TimeSpan.FromMinutes(30) }));

    [Fact]
    public void Being_late_alone_moves_nothing_ahead_of_what_is_worth_more() => Assert.Equal(
        ["dear", "old"],
        Order(Item("old") with { ExpectedValue = 10, DueAt = Now.AddDays(-9) }, Item("dear") with { ExpectedValue = 900, DueAt = Now.AddHours(2) }));

    [Fact]
    public void What_sleeps_or_was_put_off_stands_last_until_its_time()
    {
        var order = TaskQueue.Order(
            [Item("asleep") with { WindowOpensAt = Now.AddHours(6), ExpectedValue = 9_999 }, Item("later") with { SnoozedUntil = Now.AddHours(2) }, Item("open")], Now);

        Assert.Equal(["open", "later", "asleep"], order.Select(place => place.Item.TaskId));
        Assert.Equal(Now.AddHours(6), order[^1].From);
    }

    [Fact]
    public void A_reply_wakes_what_was_put_off() => Assert.Equal(
        QueueReason.Replied,
        TaskQueue.Order([Item("late") with { SnoozedUntil = Now.AddDays(1), RepliedAt = Now }], Now).Single().Why);

    [Fact]
    public void The_order_is_the_same_however_the_items_come()
    {
        var random = new Random(6);
        for (var trial = 0; trial < 300; trial++)
        {
            QueueItem[] items = [.. Enumerable.Range(0, 30).Select(i => Any(random, i))];
            var order = TaskQueue.Order(items, Now).Select(place => place.Item.TaskId).ToList();
            random.Shuffle(items);

            Assert.Equal(order, TaskQueue.Order(items, Now).Select(place => place.Item.TaskId));
        }
    }

    [Fact]
    public void No_item_is_lost_and_none_that_must_wait_stands_before_one_that_can_be_done()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 300; trial++)
        {
            var items = Enumerable.Range(0, 40).Select(i => Any(random, i)).ToList();
            var order = TaskQueue.Order(items, Now);

            Assert.Equal(items.Select(item => item.TaskId).Order(), order.Select(place => place.Item.TaskId).Order());
            Assert.DoesNotContain(order.SkipWhile(place => place.Why != QueueReason.NotYet), place => place.Why != QueueReason.NotYet);
            Assert.All(order, place => Assert.Equal(place.Why == QueueReason.NotYet, place.From > Now));
        }
    }

    [Fact]
    public void Until_the_moment_that_is_named_no_item_stands_elsewhere_and_one_that_moves_does_so_at_a_named_moment()
    {
        var random = new Random(8);
        var moved = 0;
        for (var trial = 0; trial < 3000; trial++)
        {
            var item = Any(random, trial);
            var until = TaskQueue.MovesAt(item, Now);
            Assert.True(until is null || until > Now);
            var before = TaskQueue.Place(item, Now);
            for (var minute = 0; minute < 60 * 60; minute += random.Next(1, 120))
            {
                var at = Now.AddMinutes(minute);
                var place = TaskQueue.Place(item, at);
                if (place.Why == before.Why && (place.Why != QueueReason.NotYet || place.From == before.From))
                    continue;
                Assert.True(until <= at, $"{item} was {before.Why} and is {place.Why} at {at}, before {until}.");
                moved++;
                break;
            }
        }

        Assert.True(moved > 500, $"Only {moved} moved at all.");
    }

    internal static QueueItem Any(Random random, int number)
    {
        DateTimeOffset? Maybe(int hours) => random.Next(3) == 0 ? Now.AddMinutes(random.Next(-hours * 60, hours * 60)) : null;
        return new QueueItem($"t{number}", Now.AddMinutes(-random.Next(0, 5)))
        {
            RepliedAt = random.Next(6) == 0 ? Now.AddMinutes(-random.Next(0, 90)) : null,
            PromisedAt = Maybe(4), AcceptBy = Maybe(3), DueAt = Maybe(48), WindowClosesAt = Maybe(5), WindowOpensAt = Maybe(12), SnoozedUntil = Maybe(6),
            ExpectedValue = random.Next(0, 4) * 100, Takes = TimeSpan.FromMinutes(random.Next(1, 60)),
        };
    }

    private static QueueItem Item(string id) => new(id, Now.AddDays(-1));

    private static IEnumerable<string> Order(params QueueItem[] items) => TaskQueue.Order(items, Now).Select(place => place.Item.TaskId);
}
