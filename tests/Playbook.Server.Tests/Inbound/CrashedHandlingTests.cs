using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Sales.Sending;
using Playbook.Server.Inbound;
using Playbook.Server.Tests.Trial;
using Playbook.Storage;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Tests.Inbound;

/// <summary>The program dies between storing an event and marking it as handled; afterwards everything is as if it had not.</summary>
public sealed class CrashedHandlingTests
{
    private static readonly DateTimeOffset At = TrialServer.Begin.AddHours(1);

    [Theory]
    [InlineData("away")]
    [InlineData("replied")]
    [InlineData("unsubscribed")]
    [InlineData("bounced")]
    public async Task Each_run_hears_once_of_an_event_whose_handling_died_at_any_turn(string kind)
    {
        await using var trial = await InboundTrial.Start();
        for (var atWrite = 1; atWrite <= 3; atWrite++)
            foreach (var afterwards in (bool[])[false, true])
                await Die(trial, kind, atWrite, afterwards);
    }

    private static async Task Die(InboundTrial trial, string kind, int atWrite, bool afterwards)
    {
        var id = $"{kind}-{atWrite}-{afterwards}";
        var contact = await trial.Server.Contact(c => c with { Email = $"{id}@example.com".ToLowerInvariant() });
        // Three runs hear of it: the store dies before or after the turn of each.
        var runs = new List<Guid>();
        for (var i = 0; i < 3; i++)
            runs.Add((await trial.Write(contact)).Run);
        var key = trial.Store.Queries.Messages(runs[2])[^1].Id;
        await trial.Store.Inbound.Take("email", Of(kind, id) with { MessageKey = key }, At);
        var number = trial.Inbox.Get("email", id)!.Number;

        var died = await Record.ExceptionAsync(() => Dying(trial, atWrite, afterwards).Handle(number));
        await trial.Server.Settle();

        Assert.Equal(EventState.Handled, trial.Inbox.Get(number)!.State);
        foreach (var run in runs)
            Assert.Equal(kind == "bounced" && run != runs[2] ? 0 : 1, trial.Store.Queries.History(run).Count(turn => turn.Stimulus.EventId == $"email:{id}"));
        Assert.Single(trial.Store.Sending.TouchesOfContact(contact.Id), touch => touch.Direction == TouchDirection.In);
        Assert.Equal(kind == "unsubscribed" ? 1 : 0, trial.Store.Sending.Consents(contact.Id).Count);
        Assert.Equal(kind == "bounced" ? 1 : 0, trial.Store.Queries.Count(new() { DefinitionId = OwnPlaybooks.FindAddress, SubjectId = contact.Id.ToString("D") }));
        if (kind != "bounced" || atWrite == 1)
            Assert.IsType<ProcessDiedException>(died);
    }

    [Fact]
    public async Task What_was_stored_before_the_program_ended_is_handled_when_it_begins_again()
    {
        await using var trial = await InboundTrial.Start();
        var (run, key) = await trial.Write(await trial.Server.Contact());
        await trial.Store.Inbound.Take("email", Of("replied", "1") with { MessageKey = key }, At);
        await trial.Server.Stop();

        await trial.Server.StartAgain();
        await trial.Server.Settle();

        Assert.Contains("went through Replied", await trial.History(run), StringComparison.Ordinal);
    }

    private static ChannelEvent Of(string kind, string id) => kind switch
    {
        "replied" => new ChannelEvent.Replied(id, At, "Yes"),
        "bounced" => new ChannelEvent.Bounced(id, At, BounceKind.Hard, "550 no such user"),
        "unsubscribed" => new ChannelEvent.Unsubscribed(id, At, "remove"),
        _ => new ChannelEvent.AutoReplied(id, At, "On holiday", TrialServer.Begin.AddDays(10)),
    };

    /// <summary>The server's desk, over a store that dies on command.</summary>
    private static EventDesk Dying(InboundTrial trial, int atWrite, bool afterwards)
    {
        var services = trial.Server.Server.Services;
        var databases = services.GetRequiredService<IDbContextFactory<PlaybookDb>>();
        var host = new RunHost(services.GetRequiredService<RunEngine>(), new CrashingStore(trial.Store, atWrite, afterwards), services.GetRequiredService<RunSources>(), trial.Server.Clock);
        return new EventDesk(trial.Store, services.GetRequiredService<EventMatching>(), services.GetRequiredService<EventConsequences>(), new EventHearing(host, databases), trial.Server.Clock);
    }
}
