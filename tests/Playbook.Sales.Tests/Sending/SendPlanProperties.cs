using Playbook.Sales.Calendar;
using Playbook.Sales.Sending;
using NodaTime;

namespace Playbook.Sales.Tests.Sending;

public sealed class SendPlanProperties
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 9, 7, 0, 0, TimeSpan.Zero);
    private static readonly Pace Mailbox = new(60, 400, TimeSpan.FromSeconds(20));
    private static readonly Pace Domain = new(30, 300, TimeSpan.Zero);

    [Fact]
    public void After_a_week_of_outage_ten_thousand_due_sends_never_burst()
    {
        var sends = Sends(10_000, seed: 7);
        var plan = new SendPlan();
        // What went out before the outage's end counts too.
        for (var i = 0; i < 50; i++)
            plan.Note("mailbox 0", Monday.AddMinutes(-i));
        var moments = sends.Select(send => (send.Lanes, send.Open, At: plan.Place(send.Key, send.Lanes, Monday, send.Open.Next)!.Value)).ToList();

        Assert.All(moments, send => Assert.True(send.At >= Monday && send.Open.IsOpen(send.At)));
        foreach (var lane in moments.SelectMany(send => send.Lanes, (send, lane) => (lane.Name, lane.Pace, send.At)).GroupBy(taken => taken.Name))
            KeepsPace(lane.Key, lane.First().Pace, [.. lane.Select(taken => taken.At).Concat(lane.Key == "mailbox 0" ? Enumerable.Range(0, 50).Select(i => Monday.AddMinutes(-i)) : []).Order()]);
        // Four mailboxes of 400 a day: spread, and yet not put off for longer than it needs.
        Assert.InRange(moments.Max(send => send.At) - Monday, TimeSpan.FromDays(7), TimeSpan.FromDays(14));
    }

    [Fact]
    public void The_same_sends_get_the_same_moments_and_jitter_by_their_keys()
    {
        var (one, other) = (Placed(Sends(500, seed: 3)), Placed(Sends(500, seed: 3)));
        Assert.Equal(one, other);
        var gaps = one.Order().Zip(one.Order().Skip(1), (first, second) => second - first).Where(gap => gap < TimeSpan.FromMinutes(1)).Distinct().Count();
        Assert.True(gaps > 100, $"only {gaps} different gaps");

        static List<DateTimeOffset> Placed(List<Send> sends)
        {
            var plan = new SendPlan();
            return [.. sends.Select(send => plan.Place(send.Key, [("mailbox", Mailbox)], Monday, send.Open.Next)!.Value)];
        }
    }

    [Fact]
    public void Any_sends_in_any_order_keep_the_pace_of_all_their_lanes()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var pace = new Pace(random.Next(0, 6), random.Next(0, 20), TimeSpan.FromSeconds(random.Next(0, 600)));
            var second = new Pace(random.Next(1, 4), 0, TimeSpan.Zero);
            var plan = new SendPlan();
            var placed = new Dictionary<string, (DateTimeOffset At, bool Both)>(StringComparer.Ordinal);
            for (var i = 0; i < 150; i++)
            {
                var key = "m" + random.Next(0, 120).ToString(System.Globalization.CultureInfo.InvariantCulture);
                if (random.Next(6) == 0)
                {
                    plan.Remove(key);
                    placed.Remove(key);
                    continue;
                }

                var both = random.Next(2) == 0;
                var earliest = Monday.AddMinutes(random.Next(0, 3000));
                var at = plan.Place(key, both ? [("a", pace), ("b", second)] : [("a", pace)], earliest, moment => moment)!.Value;
                Assert.True(at >= earliest);
                placed[key] = (at, both);
            }

            Assert.Equal(placed.Count, plan.Count);
            KeepsPace($"a of {seed}", pace, [.. placed.Values.Select(send => send.At).Order()]);
            KeepsPace($"b of {seed}", second, [.. placed.Values.Where(send => send.Both).Select(send => send.At).Order()]);
        }
    }

    [Fact]
    public void Where_no_hour_is_open_there_is_no_place() => Assert.Null(new SendPlan().Place("m", [("a", Mailbox)], Monday, _ => null));

    private static void KeepsPace(string lane, Pace pace, IReadOnlyList<DateTimeOffset> taken)
    {
        for (var i = 1; i < taken.Count; i++)
            Assert.True(taken[i] - taken[i - 1] >= pace.Gap, $"{lane}: {taken[i - 1]} and {taken[i]} are too near");
        Within(pace.PerHour, TimeSpan.FromHours(1));
        Within(pace.PerDay, TimeSpan.FromDays(1));

        void Within(int limit, TimeSpan window)
        {
            for (var i = 0; limit > 0 && i + limit < taken.Count; i++)
                Assert.True(taken[i + limit] - taken[i] >= window, $"{lane}: more than {limit} within {window} from {taken[i]}");
        }
    }

    private sealed record Send(string Key, IReadOnlyList<(string Name, Pace Pace)> Lanes, OpenHours Open);

    private static List<Send> Sends(int count, int seed)
    {
        var random = new Random(seed);
        var places = new[] { ("Europe/Copenhagen", "DK"), ("Europe/London", "GB"), ("America/New_York", "US") }
            .Select(place => new OpenHours([new BusinessCalendar(DateTimeZoneProviders.Tzdb[place.Item1], BusinessHours.Standard, Holidays.Of([], CountryHolidays.Find(place.Item2)!))])).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => new Send(
            $"message-{i}",
            [($"mailbox {random.Next(4)}", Mailbox), ($"domain {random.Next(40)}", Domain)],
            places[random.Next(places.Length)]))];
    }
}
