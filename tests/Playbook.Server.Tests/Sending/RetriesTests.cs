using FsCheck.Xunit;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Workers;

namespace Playbook.Server.Tests.Sending;

public sealed class RetriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Property]
    public void Each_wait_is_about_twice_the_last_and_never_much_longer_than_an_hour(Guid id, byte faults)
    {
        var wait = Retries.After($"{id:N}-e1", faults);
        var plain = TimeSpan.FromSeconds(Math.Min(3600, 5 * Math.Pow(2, Math.Max(0, faults - 1))));
        Assert.InRange(wait, plain * 0.75, plain * 1.25);
    }

    [Fact]
    public void The_same_item_waits_the_same_each_time_and_what_failed_together_comes_back_apart()
    {
        Assert.Equal(Retries.After("a-e1", 7), Retries.After("a-e1", 7));
        var waits = Enumerable.Range(1, 1000).Select(number => Retries.After($"01958a3c2b7d7000800000000000{number:D4}-e1", 7).TotalSeconds).ToList();
        Assert.True(waits.Distinct().Count() > 990, "Waits coincide.");
        // As many in each quarter, more or less: a fair spread.
        var quarters = waits.GroupBy(wait => (int)((wait - 240) / 40)).Select(quarter => quarter.Count()).ToList();
        Assert.Equal(4, quarters.Count);
        Assert.All(quarters, count => Assert.InRange(count, 190, 310));
    }

    [Fact]
    public void Trying_ends_after_so_many_faults_or_so_many_days()
    {
        var item = new OutboxItem("a-e1", Guid.Empty, "mail", null, new Effect.SendMessage("message", "email", "hello"), Noon);
        Assert.False(Retries.IsOver(item, Noon.AddYears(1)));
        Assert.False(Retries.IsOver(item with { Faults = Retries.MostFaults - 1, FailingSince = Noon }, Noon.AddDays(5)));
        Assert.True(Retries.IsOver(item with { Faults = Retries.MostFaults, FailingSince = Noon }, Noon));
        Assert.True(Retries.IsOver(item with { Faults = 1, FailingSince = Noon }, Noon + Retries.LongestTrying));
    }
}
