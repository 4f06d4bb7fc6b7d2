using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Consent;
using Playbook.Server.Inbound;
using Playbook.Server.Tests.Trial;
using Playbook.Storage;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Tests.Inbound;

/// <summary>Whatever comes in, in whatever order and however often: runs stay legal and no wish to be left alone is lost.</summary>
public sealed class AnyOrderProperties(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_order_of_events_leaves_runs_legal_and_loses_no_opt_out(int seed)
    {
        var trials = Soak.Trials(ordinary: 15, soak: 500);
        var random = new Random(seed);
        await using var trial = await InboundTrial.Start();
        var optOuts = 0;
        for (var i = 0; i < trials; i++)
        {
            var name = $"c{seed}-{i}@example.com";
            var contact = await trial.Server.Contact(c => c with { Email = name });
            var sent = new List<(Guid Run, string Key)>();
            foreach (var playbook in (string[])["letter", "impatient", "two-letters"])
                if (random.Next(3) > 0 || sent.Count == 0)
                    sent.Add(await trial.Write(contact, playbook));
            var events = Enumerable.Range(0, random.Next(1, 8)).Select(n => Any(random, $"{seed}-{i}-{n}", sent[random.Next(sent.Count)].Key, name)).ToList();
            // Some are brought twice, and all in any order.
            var brought = events.Concat(events.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(brought);
            foreach (var e in brought)
                await trial.Part<Inboxes>().Of("email").Take(e, CancellationToken.None);
            await trial.Server.Settle();

            var wantsNoMore = events.Any(e => e is ChannelEvent.Unsubscribed or ChannelEvent.Complained or ChannelEvent.Replied { Text: "stop" });
            optOuts += wantsNoMore ? 1 : 0;
            await Check(trial, contact.Id, sent.ConvertAll(s => s.Run), events, wantsNoMore);
        }

        output.WriteLine($"{trials} contacts, {optOuts} of whom wanted no more");
        Assert.True(optOuts > trials / 5, "Too few wanted no more for the test to mean much.");
    }

    private static async Task Check(InboundTrial trial, Guid contact, IReadOnlyList<Guid> runs, IReadOnlyList<ChannelEvent> events, bool wantsNoMore)
    {
        var told = string.Join(", ", events.Select(e => e.GetType().Name));
        foreach (var id in runs)
        {
            var run = await trial.Run(id);
            Assert.True(run.SubStatus is RunSubStatus.Suspended or RunSubStatus.Finished, $"{told}: {run.SubStatus}");
            Assert.True(RunLifecycle.IsOver(run) == (run.Bookmarks.Count == 0), told);
            var history = trial.Store.Queries.History(id);
            var heard = history.Select(turn => turn.Stimulus.EventId).OfType<string>().ToList();
            Assert.Equal(heard.Distinct(), heard);
        }

        Assert.Equal(0, trial.Inbox.Count(new EventFilter { State = EventState.Waiting }));
        await using var database = await trial.Part<IDbContextFactory<PlaybookDb>>().CreateDbContextAsync();
        var record = await database.Contacts.AsNoTracking().SingleAsync(c => c.Id == contact);
        Assert.True(record.DoNotContact == wantsNoMore, told);
        Assert.True(wantsNoMore == await database.Set<Suppression>().AnyAsync(s => s.Key == SuppressionKey.OfContact(contact)), told);
    }

    private static ChannelEvent Any(Random random, string id, string key, string address)
    {
        var at = TrialServer.Begin.AddMinutes(random.Next(1000));
        ChannelEvent e = random.Next(11) switch
        {
            0 => new ChannelEvent.Replied(id, at, "Yes, call me"),
            1 => new ChannelEvent.Replied(id, at, "stop"),
            2 => new ChannelEvent.Replied(id, at, "please stop sending this"),
            3 => new ChannelEvent.AutoReplied(id, at, "away", random.Next(2) == 0 ? null : at.AddDays(random.Next(-2, 40))),
            4 => new ChannelEvent.Bounced(id, at, (BounceKind)random.Next(3), "no"),
            5 => new ChannelEvent.Complained(id, at),
            6 => new ChannelEvent.Unsubscribed(id, at, "no more"),
            7 => new ChannelEvent.Delivered(id, at),
            8 => new ChannelEvent.Failed(id, at, "gave up"),
            9 => new ChannelEvent.Answered(id, at, "declined"),
            _ => new ChannelEvent.AutoReplied(id, at, "away", null),
        };
        return random.Next(3) switch
        {
            0 => e with { MessageKey = key },
            1 => e with { ProviderId = $"<{key}@trial>", Address = address },
            _ => e with { Address = address },
        };
    }
}
