using Playbook.Sales.Metrics;
using Playbook.Sales.Sending;
using Playbook.Storage.Sending;
using Playbook.Storage.Tests.Sending;

namespace Playbook.Storage.Tests.Metrics;

public sealed class TouchCountTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly DateTimeOffset Now = LedgerDatabase.Now;

    [Fact]
    public async Task A_touch_is_counted_once_it_went_out_on_the_day_that_it_was_here()
    {
        await using var database = new LedgerDatabase();
        var rollup = database.Store.Metrics.Rollup;
        await database.Store.Sending.Record(Touch("early", TouchKind.Sent, Now.AddHours(-6)));
        await rollup.Refresh(Zone);
        await database.Store.Sending.Record(Touch("planned", TouchKind.Permitted, Now));
        await rollup.Refresh(Zone);
        Assert.Equal([("2026-03-01", 1)], PerDay(database));

        await database.Store.Sending.Sent(new SentTouch("planned", null, Now.AddHours(2)));
        await rollup.Refresh(Zone);

        Assert.Equal([("2026-03-01", 1), ("2026-03-02", 1)], PerDay(database));
    }

    [Fact]
    public async Task What_comes_in_late_is_counted_on_the_day_on_which_it_happened()
    {
        await using var database = new LedgerDatabase();
        await database.Store.Sending.Record(Touch("now", TouchKind.Sent, Now));
        await database.Store.Metrics.Rollup.Refresh(Zone);
        await database.Store.Sending.Record(Touch("late", TouchKind.Sent, Now.AddDays(-40)));
        await database.Store.Metrics.Rollup.Refresh(Zone);
        var pieces = PerDay(database);

        await database.Store.Metrics.Rollup.Forget(Zone);
        await database.Store.Metrics.Rollup.Refresh(Zone);

        Assert.Equal([("2026-01-21", 1), ("2026-03-02", 1)], pieces);
        Assert.Equal(pieces, PerDay(database));
    }

    private static IEnumerable<(string, int)> PerDay(LedgerDatabase database) => database.Store.Metrics.Days
        .Sums(new DayQuestion(DayFact.Touch, DateOnly.MinValue, DateOnly.MaxValue), DayPart.Day).Select(sum => ($"{sum.DayAt(0):yyyy-MM-dd}", (int)sum.Count.Count));

    private static Touch Touch(string key, TouchKind kind, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at), Key = Sales.Sending.Touch.KeyOut(key), MessageKey = key, Channel = "email", Direction = TouchDirection.Out, Kind = kind, At = at,
    };
}
