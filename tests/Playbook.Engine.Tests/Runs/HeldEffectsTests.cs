using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Runs;

public sealed class HeldEffectsTests
{
    private const string Refused = "The mailbox refused: 535 wrong password. Correct it in the channel's settings.";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task What_could_not_be_sent_stops_its_step_and_stays_in_the_outbox()
    {
        var run = await Start(Draw.Sequence("s", Draw.Step("mail", "message"), Draw.Line("after")));
        await GiveUp(run);

        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Equal(("mail", Refused), (run.Incident.ActivityId, run.Incident.Message));
        Assert.Equal("s+ mail+ mail~ mail!", run.Trace);
        Assert.Empty(await run.Store.ClaimOutbox(run.Clock.GetUtcNow().AddYears(1), 10, Lease));
    }

    [Fact]
    public async Task A_retry_takes_the_same_message_up_again_with_the_same_key()
    {
        var run = await Start(Draw.Sequence("s", Draw.Step("mail", "message"), Draw.Line("after")));
        var first = await GiveUp(run);
        await run.Retry();

        Assert.Equal(RunSubStatus.Suspended, run.Status);
        var again = Assert.Single(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, Lease));
        Assert.Equal(first.Id, again.Id);
        await run.Host.Take(run.Id, new Stimulus.Delivered("m-1") { BookmarkId = again.BookmarkId }, new OutboxDone(again.Id, null));
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal(["after"], run.Lines);
    }

    [Fact]
    public async Task It_can_be_given_up_again_after_a_retry()
    {
        var run = await Start(Draw.Sequence("s", Draw.Step("mail", "message")));
        var first = await GiveUp(run);
        await run.Retry();
        Assert.Equal(first.Id, (await GiveUp(run)).Id);

        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Equal(2, run.State.Incidents.Count);
        Assert.Single(run.State.Incidents, incident => !incident.Resolved);
    }

    [Fact]
    public async Task Who_skips_it_has_the_step_hear_that_the_message_was_not_sent()
    {
        var run = await Start(Draw.Sequence("s", Draw.Step("mail", "message"), Draw.Line("after")));
        await GiveUp(run);
        await run.Skip();

        // This step fails when it hears so: another incident, with what the first one said.
        Assert.Equal(Refused, run.Incident.Message);
        Assert.Null(run.Incident.Held);
        Assert.Empty(run.State.Bookmarks);
        await NothingIsLeft(run);
    }

    [Fact]
    public async Task Who_skips_it_through_an_outcome_leaves_through_that()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("mail", "message"), Draw.Line("again"), Draw.Line("done")], "mail:Again>again", "mail>done"));
        await GiveUp(run);
        await run.Skip("Again");

        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal(["again"], run.Lines);
        await NothingIsLeft(run);
    }

    [Fact]
    public async Task What_nobody_waits_for_becomes_an_incident_beside_the_run_that_goes_on()
    {
        var run = await Start(Draw.Sequence("s", Draw.Step("mail", "post"), Draw.Event("news"), Draw.Line("after")));
        var first = await GiveUp(run);
        Assert.Equal(RunSubStatus.Suspended, run.Status);
        Assert.Equal(("mail", Refused), (run.Incident.ActivityId, run.Incident.Message));

        await run.Raise("news");
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal(["after"], run.Lines);

        await run.Retry();
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal(first.Id, Assert.Single(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, Lease)).Id);
    }

    [Fact]
    public async Task What_fails_after_its_run_has_finished_is_an_incident_all_the_same_and_can_be_skipped()
    {
        var run = await Start(Draw.Sequence("s", Draw.Step("mail", "post")));
        Assert.Equal(RunSubStatus.Finished, run.Status);
        await GiveUp(run);
        Assert.Equal(Refused, run.Incident.Message);

        await run.Skip();
        Assert.All(run.State.Incidents, incident => Assert.True(incident.Resolved));
        Assert.Null(await run.Retry("i1"));
        await NothingIsLeft(run);
    }

    [Fact]
    public async Task Given_up_twice_it_is_one_incident()
    {
        var run = await Start(Draw.Sequence("s", Draw.Step("mail", "post"), Draw.Event("news")));
        var item = await GiveUp(run);
        Assert.Null(await run.Host.Take(run.Id, new Stimulus.GivenUp(item.Id, item.ActivityId, Refused)));
        Assert.Single(run.State.Incidents);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_takes_what_is_held_with_it()
    {
        foreach (var does in new[] { "message", "post" })
        {
            var run = await Start(Draw.Sequence("s", Draw.Step("mail", does), Draw.Event("news")));
            await GiveUp(run);
            await run.Cancel();

            Assert.Equal(RunSubStatus.Cancelled, run.Status);
            Assert.All(run.State.Incidents, incident => Assert.True(incident.Resolved));
            await NothingIsLeft(run);
        }
    }

    [Fact]
    public async Task When_the_answer_comes_after_all_the_incident_settles_itself()
    {
        var run = await Start(new DefinitionBuilder(Draw.Sequence("s", Draw.Step("mail", "message"), Draw.Line("after"))).ContinueWithIncidents());
        var item = await GiveUp(run);
        Assert.Equal(RunSubStatus.Suspended, run.Status);

        await run.Host.Take(run.Id, new Stimulus.Delivered("m-1") { BookmarkId = item.BookmarkId });
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.All(run.State.Incidents, incident => Assert.True(incident.Resolved));
        await NothingIsLeft(run);
    }

    [Fact]
    public async Task At_an_incident_of_another_branch_it_is_held_at_once()
    {
        var run = await Start(Draw.Parallel("p", Draw.Step("mail", "message"), Draw.Step("other", "fail")));
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        var item = await GiveUp(run);
        Assert.Equal(2, run.State.Incidents.Count(incident => !incident.Resolved));

        await run.Skip(incident: run.State.Incidents.Single(incident => incident.Held is null).Id);
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        await run.Retry();
        Assert.Equal(RunSubStatus.Suspended, run.Status);
        Assert.Equal(item.Id, Assert.Single(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, Lease)).Id);
    }

    [Fact]
    public async Task What_is_held_survives_being_stored()
    {
        var run = await Start(Draw.Sequence("s", Draw.Step("mail", "message")));
        await GiveUp(run);
        Assert.Equal(run.Incident, Assert.Single(RunState.Read(TestRun.Bytes(run.State)).Incidents));
    }

    private static Task<TestRun> Start(JsonObject root) => Start(new DefinitionBuilder(root));

    private static Task<TestRun> Start(DefinitionBuilder definition) => new TestRun(definition).Start();

    private static async Task<OutboxItem> GiveUp(TestRun run)
    {
        var item = Assert.Single(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, Lease));
        Assert.NotNull(await run.Host.Take(item.RunId, new Stimulus.GivenUp(item.Id, item.ActivityId, Refused) { BookmarkId = item.BookmarkId }));
        return item;
    }

    /// <summary>Not even a release brings it back.</summary>
    private static async Task NothingIsLeft(TestRun run)
    {
        var last = run.State.Clone();
        last.Revision++;
        await run.Store.Commit([new Transition { State = last, Stimulus = new Stimulus.Due(), At = run.Clock.GetUtcNow(), OutboxReleased = [.. run.State.Incidents.Select(i => i.Held?.OutboxId).OfType<string>()] }], []);
        Assert.Empty(await run.Store.ClaimOutbox(run.Clock.GetUtcNow().AddYears(1), 10, Lease));
    }
}
