using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Sales.Queue;
using Playbook.Server.Pages.Today;
using Playbook.Server.Queue;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Queue;

namespace Playbook.Server.Tests.Queue;

/// <summary>The order of the day is kept and only mended where something has changed; nobody may see that.</summary>
public sealed class TodayOrderTests
{
    [Fact]
    public async Task The_kept_order_is_the_one_that_is_made_anew_whatever_was_done_and_whenever_somebody_looks()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "calls",
        [
            Drawing.Phone("call", ["Talked", "No answer"]),
            Drawing.Step("again", ["Talked"]),
        ]));
        var services = trial.Server.Services;
        var (work, promises, desk) = (services.GetRequiredService<OpenWork>(), services.GetRequiredService<PromiseBook>(), services.GetRequiredService<TaskDesk>());
        var contacts = new List<Guid>();
        foreach (var (country, zone) in new[] { ("DK", "Europe/Copenhagen"), ("US", "America/New_York"), ("JP", "Asia/Tokyo"), ("GB", "Europe/London") })
            contacts.Add((await trial.Contact(contact => contact with { Country = country, TimeZone = zone })).Id);
        var kept = new TodayOrder(work, promises);
        var random = new Random(11);
        var replies = new Dictionary<Guid, DateTimeOffset>();
        var rate = .5m;
        var now = TrialServer.Begin;
        for (var act = 0; act < 400; act++)
        {
            var open = work.All().Select(task => task.Id).Order(StringComparer.Ordinal).ToList();
            var any = open.Count == 0 ? null : open[random.Next(open.Count)];
            switch (random.Next(9))
            {
                case 0 or 1:
                case var _ when any is null:
                    await trial.Run("calls", contacts[random.Next(contacts.Count)]);
                    break;
                case 2:
                    await trial.Post($"/api/tasks/{any}/complete", new() { ["outcome"] = "Talked", ["by"] = "Bo" });
                    break;
                case 3:
                    await desk.Snooze(any!, now.AddMinutes(random.Next(1, 300)), "Ada", null);
                    break;
                case 4:
                    await services.GetRequiredService<PromiseDesk>().Make(any!, "the price", now.AddMinutes(random.Next(1, 300)), "Ada");
                    break;
                case 5 when promises.Open() is { Count: > 6 } made:
                    await services.GetRequiredService<PromiseDesk>().Settle(made[random.Next(made.Count)], random.Next(2) == 0, "Ada");
                    break;
                case 6:
                    replies = new(replies) { [contacts[random.Next(contacts.Count)]] = now.AddMinutes(-random.Next(60)) };
                    break;
                case 7:
                    replies = replies.Where(_ => random.Next(2) == 0).ToDictionary();
                    rate = random.Next(4) == 0 ? random.Next(4) / 4m : rate;
                    break;
                default:
                    // Now and then the clock of the machine is set back.
                    now += random.Next(12) == 0 ? TimeSpan.FromMinutes(-20) : TimeSpan.FromMinutes(random.Next(1, 200));
                    break;
            }

            Assert.Equal(Places(new TodayOrder(work, promises), now, replies, rate), Places(kept, now, replies, rate));
        }

        Assert.True(work.All().Count > 10, "There is hardly anything to order.");
    }

    private static List<(string, QueueReason, DateTimeOffset?)> Places(TodayOrder order, DateTimeOffset now, IReadOnlyDictionary<Guid, DateTimeOffset> replies, decimal rate) =>
        order.Look(now, replies, rate, all => all.Select(item => (item.Task.Id, item.Place.Why, item.Place.Why == QueueReason.NotYet ? item.Place.From : (DateTimeOffset?)null)).ToList());
}
