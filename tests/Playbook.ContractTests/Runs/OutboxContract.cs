using Playbook.Abstractions;
using Playbook.Engine.Runs;
using static Playbook.ContractTests.Runs.Turns;

namespace Playbook.ContractTests.Runs;

/// <summary>What a store of runs must do with effects on their way out.</summary>
public abstract class OutboxContract : WaitingContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Effects_are_claimed_oldest_first_as_they_were_committed()
    {
        var run = NewRun();
        var late = Item(run, Signal, 1, Noon.AddSeconds(2));
        var early = Item(run, Message, 2, Noon.AddSeconds(1)) with { BookmarkId = "b" };
        await Commit(Start(run) with { Outbox = [late, early] });

        Assert.Equal([early, late], await Store.ClaimOutbox(Noon.AddMinutes(1), 10, Lease));
    }

    [Fact]
    public async Task No_more_are_claimed_than_asked_for_and_none_before_its_time()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Signal, 1), Item(run, Signal, 2), Item(run, Signal, 3, Noon.AddHours(1))] });

        Assert.Single(await Store.ClaimOutbox(Noon, 1, Lease));
        Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease));
        Assert.Empty(await Store.ClaimOutbox(Noon, 10, Lease));
    }

    [Fact]
    public async Task A_claimed_item_comes_again_when_its_lease_is_over_and_says_how_often_it_was_tried()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Message)] });
        Assert.Equal(0, Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease)).Attempts);

        Assert.Empty(await Store.ClaimOutbox(Noon + Lease - TimeSpan.FromSeconds(1), 10, Lease));
        Assert.Equal(1, Assert.Single(await Store.ClaimOutbox(Noon + Lease, 10, Lease)).Attempts);
    }

    [Fact]
    public async Task Two_workers_at_once_never_claim_the_same_item()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [.. Enumerable.Range(1, 40).Select(number => Item(run, Signal, number))] });
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.ClaimOutbox(Noon, 7, Lease).AsTask())));

        var ids = claims.SelectMany(claimed => claimed).Select(item => item.Id).ToList();
        Assert.Equal(40, ids.Count);
        Assert.Equal(40, ids.Distinct().Count());
    }

    [Fact]
    public async Task Of_a_channel_no_more_are_claimed_than_it_has_room_for_and_the_others_come_all_the_same()
    {
        var run = NewRun();
        OutboxItem[] mails = [.. Enumerable.Range(1, 5).Select(number => Item(run, Message, number))];
        OutboxItem text = Item(run, Message with { Channel = "sms" }, 6, Noon.AddSeconds(1)), signal = Item(run, Signal, 7, Noon.AddSeconds(2));
        await Commit(Start(run) with { Outbox = [.. mails, text, signal] });

        Assert.Equal([text, signal], await Store.ClaimOutbox(Noon.AddMinutes(1), 10, Lease, new Dictionary<string, int> { ["email"] = 0 }));
        Assert.Equal(mails[..2], await Store.ClaimOutbox(Noon.AddMinutes(1), 10, Lease, new Dictionary<string, int> { ["email"] = 2 }));
        Assert.Equal(mails[2..4], await Store.ClaimOutbox(Noon.AddMinutes(1), 2, Lease, new Dictionary<string, int> { ["email"] = 9, ["sms"] = 0 }));
        Assert.Equal(mails[4..], await Store.ClaimOutbox(Noon.AddMinutes(1), 10, Lease));
    }

    [Fact]
    public async Task Internal_effects_can_be_left_out_too()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Signal, 1), Item(run, Message, 2)] });
        Assert.IsType<Effect.SendMessage>(Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease, new Dictionary<string, int> { [""] = 0 })).Effect);
    }

    [Fact]
    public async Task A_claim_can_be_made_longer_for_as_long_as_the_work_takes()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Message)] });
        var item = Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease));
        await Store.Defer(item, Noon.AddHours(1), null);

        Assert.Empty(await Store.ClaimOutbox(Noon.AddMinutes(59), 10, Lease));
        Assert.Equal(1, Assert.Single(await Store.ClaimOutbox(Noon.AddHours(1), 10, Lease)).Attempts);
    }

    [Fact]
    public async Task Faults_are_kept_with_the_item()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Message)] });
        var item = Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease));
        await Store.Defer(item with { Faults = 3, FailingSince = Noon.AddHours(-2) }, Noon.AddMinutes(1), "connection refused");

        var again = Assert.Single(await Store.ClaimOutbox(Noon.AddMinutes(1), 10, Lease));
        Assert.Equal((3, Noon.AddHours(-2)), (again.Faults, again.FailingSince));
    }

    [Fact]
    public async Task Whoever_lost_its_claim_no_longer_decides_what_becomes_of_the_item()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Message)] });
        var lost = Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease));
        var mine = Assert.Single(await Store.ClaimOutbox(Noon + Lease, 10, Lease));
        await Store.Defer(lost, Noon, "It took too long.");
        Assert.Empty(await Store.ClaimOutbox(Noon + Lease, 10, Lease));

        await Store.Defer(mine, Noon + Lease, "The mailbox is full.");
        await Store.Defer(lost, Noon.AddYears(1), null);
        Assert.Equal(2, Assert.Single(await Store.ClaimOutbox(Noon + Lease, 10, Lease)).Attempts);
    }

    [Fact]
    public async Task A_held_item_is_claimed_by_nobody_until_it_is_released_and_begins_anew_then()
    {
        var run = NewRun();
        var message = Item(run, Message);
        await Commit(Start(run) with { Outbox = [message] });
        var item = Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease));
        await Store.Defer(item with { Faults = 11, FailingSince = Noon }, Noon, "connection refused");
        item = Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease));
        var held = Next(run);
        await Commit(Turn(held, new Stimulus.GivenUp(message.Id, "step", "connection refused")) with { Held = [message.Id] });
        await Store.Defer(item, Noon, "too late");
        Assert.Empty(await Store.ClaimOutbox(Noon.AddYears(1), 10, Lease));

        var released = Next(held);
        await Commit(Turn(released, new Stimulus.Repaired("i1", false, null)) with { Released = [message.Id] });
        Assert.Empty(await Store.ClaimOutbox(released.UpdatedAt.AddSeconds(-1), 10, Lease));
        var again = Assert.Single(await Store.ClaimOutbox(released.UpdatedAt, 10, Lease));
        Assert.Equal((message.Id, 0, null), (again.Id, again.Faults, again.FailingSince));
    }

    [Fact]
    public async Task A_held_item_that_is_withdrawn_cannot_be_released_any_more()
    {
        var run = NewRun();
        OutboxItem message = Item(run, Message, 1), signal = Item(run, Signal, 2);
        await Commit(Start(run) with { Outbox = [message, signal] });
        var held = Next(run);
        await Commit(Turn(held) with { Held = [message.Id, signal.Id] });
        var withdrawn = Next(held);
        await Commit(Turn(withdrawn) with { Withdrawn = [message.Id, signal.Id] });
        await Commit(Turn(Next(withdrawn)) with { Released = [message.Id, signal.Id] });

        Assert.Empty(await Store.ClaimOutbox(Noon.AddYears(1), 10, Lease));
    }

    [Fact]
    public async Task A_held_message_goes_with_its_bookmark()
    {
        var run = NewRun();
        RunBookmark fate = Mark(run, BookmarkKind.Delivery, "message"), reply = Mark(run, BookmarkKind.Reply, "reply", number: 2);
        var message = Item(run, Message) with { BookmarkId = fate.Id };
        await Commit(Start(run, fate, reply) with { Outbox = [message] });
        var held = Next(run);
        await Commit(Turn(held) with { Held = [message.Id] });
        var ended = Finish(held) with { Stimulus = new Stimulus.Replied("stop", "email") { BookmarkId = reply.Id } };
        await Commit(ended);
        await Commit(Turn(Next(ended.State)) with { Released = [message.Id] });

        Assert.Empty(await Store.ClaimOutbox(Noon.AddYears(1), 10, Lease));
    }

    [Fact]
    public async Task A_deferred_item_comes_at_its_new_time()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Message)] });
        var item = Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease));
        await Store.Defer(item, Noon.AddHours(20), "Outside the sending window, 9:00-17:00.");

        Assert.Empty(await Store.ClaimOutbox(Noon.AddHours(19), 10, Lease));
        Assert.Single(await Store.ClaimOutbox(Noon.AddHours(20), 10, Lease));
    }

    [Fact]
    public async Task A_finished_item_never_comes_again()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Message, 1), Item(run, Signal, 2)] });
        var items = await Store.ClaimOutbox(Noon, 10, Lease);
        await Store.Commit([], [.. items.Select(item => new OutboxDone(item.Id, null))]);
        await Store.Defer(items[0], Noon, "too late");

        Assert.Empty(await Store.ClaimOutbox(Noon.AddYears(1), 10, Lease));
    }

    [Fact]
    public async Task A_finished_item_and_the_turn_that_its_answer_caused_are_committed_together()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Signal)] });
        var item = Assert.Single(await Store.ClaimOutbox(Noon, 10, Lease));
        var wrong = Next(run);
        wrong.Revision = 9;

        await Assert.ThrowsAsync<ConcurrencyException>(() => Store.Commit([Turn(wrong)], [new(item.Id, null)]).AsTask());
        Assert.Single(await Store.ClaimOutbox(Noon + Lease, 10, Lease));

        await Store.Commit([Turn(Next(run))], [new(item.Id, null)]);
        Assert.Empty(await Store.ClaimOutbox(Noon.AddYears(1), 10, Lease));
    }

    [Fact]
    public async Task Reporting_an_item_as_finished_twice_is_harmless()
    {
        var run = NewRun();
        await Commit(Start(run) with { Outbox = [Item(run, Signal)] });
        await Store.Commit([], [new(Item(run, Signal).Id, null)]);
        await Store.Commit([], [new(Item(run, Signal).Id, null)]);
        Assert.Empty(await Store.ClaimOutbox(Noon, 10, Lease));
    }

    [Fact]
    public async Task A_message_goes_out_no_more_when_its_step_was_left_before_it_was_sent()
    {
        var run = NewRun();
        RunBookmark fate = Mark(run, BookmarkKind.Delivery, "message"), reply = Mark(run, BookmarkKind.Reply, "reply", number: 2);
        await Commit(Start(run, fate, reply) with { Outbox = [Item(run, Message) with { BookmarkId = fate.Id }] });
        await Commit(Finish(run) with { Stimulus = new Stimulus.Replied("stop", "email") { BookmarkId = reply.Id } });

        Assert.Empty(await Store.ClaimOutbox(Noon.AddYears(1), 10, Lease));
    }

    [Fact]
    public async Task What_a_cancelled_run_withdraws_is_not_claimed_any_more()
    {
        var run = NewRun();
        OutboxItem message = Item(run, Message, 1), signal = Item(run, Signal, 2);
        await Commit(Start(run) with { Outbox = [message, signal] });
        await Commit(Finish(run, RunSubStatus.Cancelled) with { Withdrawn = [message.Id, signal.Id] });

        Assert.Empty(await Store.ClaimOutbox(Noon.AddYears(1), 10, Lease));
    }
}
