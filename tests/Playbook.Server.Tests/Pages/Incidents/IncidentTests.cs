using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Server.Pages.Incidents;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Tests.Pages.Incidents;

public sealed class IncidentTests
{
    [Fact]
    public async Task Runs_that_stand_for_one_reason_are_one_group_and_are_ended_together()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            Drawing.Write(folder, "broken", [Drawing.Fault("list", "The price list is missing. Put it back.")]);
            Drawing.Write(folder, "other", [Drawing.Fault("list", "The calendar is full.")]);
        });
        foreach (var name in new[] { "Ada", "Bo" })
            await trial.Run("broken", (await trial.Contact(contact => contact with { Name = name })).Id);
        await trial.Run("other");
        var shelf = trial.Server.Services.GetRequiredService<IncidentShelf>();
        var desk = trial.Server.Services.GetRequiredService<IncidentDesk>();

        var list = await shelf.Load(TestContext.Current.CancellationToken);

        Assert.Equal([2, 1], list.Groups.Select(group => group.Runs.Count));
        Assert.Equal(["Ada", "Bo"], list.Groups[0].Runs.Select(run => run.Who).Order());
        // Tried again, it fails again and stands there anew.
        Assert.Equal(2, await desk.Mend(list.Groups[0].Runs, Cure.Retry, null, null, "Karen"));
        list = await shelf.Load(TestContext.Current.CancellationToken);
        Assert.Equal(2, list.Groups[0].Runs.Count);
        Assert.Equal(2, await desk.Mend(list.Groups[0].Runs, Cure.End, null, "no price list", "Karen"));
        // Somebody else looked at the same list.
        Assert.Equal(0, await desk.Mend(list.Groups[0].Runs, Cure.Retry, null, null, "Bo"));
        Assert.Single((await shelf.Load(TestContext.Current.CancellationToken)).Groups);
    }

    [Fact]
    public async Task What_a_stranger_wrote_is_handled_once_somebody_says_who_it_is_or_put_aside_with_the_reason()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var ada = await trial.Contact();
        var inbox = trial.Server.Services.GetRequiredService<EventInbox>();
        foreach (var id in new[] { "one", "two" })
            await inbox.Take("email", new ChannelEvent.Replied(id, TrialServer.Begin, "Who are you?") { Address = $"{id}@elsewhere.example" }, TrialServer.Begin);
        await trial.Settle();
        var shelf = trial.Server.Services.GetRequiredService<IncidentShelf>();
        var desk = trial.Server.Services.GetRequiredService<IncidentDesk>();
        var strangers = (await shelf.Load(TestContext.Current.CancellationToken)).Unmatched.OrderBy(one => one.Number).ToList();
        Assert.Equal(2, strangers.Count);

        Assert.True(await desk.Assign(strangers[0].Number, ada.Id));
        Assert.True(await desk.Drop(strangers[1].Number, "never wrote to them", "Karen"));
        Assert.False(await desk.Drop(strangers[1].Number, "again", "Bo"));
        await trial.Settle();

        Assert.Equal((EventState.Handled, ada.Id), (inbox.Get(strangers[0].Number)!.State, inbox.Get(strangers[0].Number)!.ContactId));
        Assert.Equal("Karen put it aside: never wrote to them", inbox.Get(strangers[1].Number)!.Result);
        Assert.Empty((await shelf.Load(TestContext.Current.CancellationToken)).Unmatched);
    }
}
