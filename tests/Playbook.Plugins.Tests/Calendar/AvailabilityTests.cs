using FsCheck.Xunit;
using NodaTime;
using Playbook.Calendar.Hours;

namespace Playbook.Plugins.Tests.Calendar;

public sealed class AvailabilityTests
{
    private static readonly string[] Places = ["Europe/Copenhagen", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "UTC", "Africa/Casablanca", "Pacific/Apia"];

    // Bookings are made one after another at random, as visitors do, and each rule is then checked by other means than it was made with.
    [Property(MaxTest = 150)]
    public void Appointments_never_overlap_and_never_lie_outside_the_hours_buffers_notice_or_days_off(int seed)
    {
        var random = new Random(seed);
        var zone = DateTimeZoneProviders.Tzdb[Places[random.Next(Places.Length)]];
        var (from, to) = (random.Next(0, 12), random.Next(13, 25));
        var hours = Hours(random.Next(2) == 0 ? $"Mon-Sun {from:00}:00-{to:00}:00" : $"Mon-Sat {from:00}:00-12:15 12:45-{Math.Max(14, to):00}:00");
        var off = new LocalDate(2026, random.Next(1, 13), random.Next(1, 28));
        var rules = new BookingRules
        {
            Step = new[] { 10, 15, 30, 45 }[random.Next(4)],
            Before = Duration.FromMinutes(random.Next(4) * 10),
            After = Duration.FromMinutes(random.Next(4) * 10),
            Notice = Duration.FromHours(random.Next(48)),
            Horizon = Duration.FromDays(random.Next(3, 30)),
            IsHoliday = day => day.DayOfYear % 5 == off.DayOfYear % 5,
        };
        var rep = new RepCard("Rep", "rep@x", hours, zone, random.Next(1, 6));
        var now = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromMinutes(random.Next(525_600));
        var minutes = random.Next(1, 9) * 15;
        var busy = Enumerable.Range(0, random.Next(6)).Select(_ => now + Duration.FromMinutes(random.Next(20_000))).Select(start => new Interval(start, start + Duration.FromMinutes(random.Next(1, 300)))).ToList();
        var availability = new Availability(rules);
        var booked = new List<Interval>();
        for (var visitor = 0; visitor < 12; visitor++)
        {
            var free = availability.Free(rep, booked, busy, minutes, now, now, now + Duration.FromDays(40)).ToList();
            if (free.Count == 0)
                break;
            var start = free[random.Next(free.Count)];
            Assert.True(availability.IsFree(rep, booked, busy, minutes, now, start));
            booked.Add(new Interval(start, start + Duration.FromMinutes(minutes)));
            Assert.False(availability.IsFree(rep, booked, busy, minutes, now, start));
        }

        foreach (var one in booked)
        {
            var local = one.Start.InZone(zone).LocalDateTime;
            Assert.Contains(hours.On(local.DayOfWeek), block => local.TimeOfDay >= block.From && Minute(one.End.InZone(zone).LocalDateTime, local.Date) <= (block.To == LocalTime.MaxValue ? 1440 : Minute(local.Date.At(block.To), local.Date)));
            Assert.False(rules.IsHoliday(local.Date));
            Assert.True(one.Start >= now + rules.Notice && one.Start <= now + rules.Horizon);
            Assert.All(booked.Where(other => other != one), other => Assert.True(Gap(one, other) >= Duration.Max(rules.Before, rules.After)));
            Assert.All(busy, other => Assert.True(one.End <= other.Start ? other.Start - one.End >= rules.After : one.Start - other.End >= rules.Before));
        }
        Assert.All(booked.GroupBy(one => one.Start.InZone(zone).Date), day => Assert.InRange(day.Count(), 1, rep.DailyMax));
    }

    [Theory]
    [InlineData(2026, 3, 29, "00:30 01:00 01:30 03:00 03:30 04:00")]
    [InlineData(2026, 10, 25, "00:30 01:00 01:30 02:00 02:30 03:00 03:30 04:00")]
    [InlineData(2026, 3, 30, "00:30 01:00 01:30 02:00 02:30 03:00 03:30 04:00")]
    public void On_the_day_of_a_clock_change_no_time_is_offered_that_is_not_there_or_twice(int year, int month, int day, string expected)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Copenhagen"];
        var now = new LocalDate(year, month, day).PlusDays(-2).AtStartOfDayInZone(zone).ToInstant();
        var rep = new RepCard("Rep", "rep@x", Hours("Sun-Mon 00:30-04:30"), zone, 50);
        var rules = new BookingRules { Step = 30, After = Duration.Zero, Notice = Duration.Zero };

        var starts = new Availability(rules).Free(rep, [], [], 30, now, now, now + Duration.FromDays(4)).Select(start => start.InZone(zone)).Where(start => start.Date == new LocalDate(year, month, day)).ToList();

        Assert.Equal(expected, string.Join(' ', starts.Select(start => start.ToString("HH:mm", null))));
        Assert.Equal(starts.Count, starts.Select(start => start.ToInstant()).Distinct().Count());
    }

    [Theory]
    [InlineData("Mon-Fri 09:00-12:00 13:00-16:30; Sat 10.00-12.00", IsoDayOfWeek.Saturday, 1)]
    [InlineData("Fri-Mon 22:00-24:00", IsoDayOfWeek.Sunday, 1)]
    [InlineData("Mon, Wed 9:00-10:00, 11:00-12:00", IsoDayOfWeek.Wednesday, 2)]
    public void Hours_are_read_as_people_write_them(string text, IsoDayOfWeek day, int blocks) => Assert.Equal(blocks, Hours(text).On(day).Count);

    [Theory]
    [InlineData("")]
    [InlineData("Mon")]
    [InlineData("Mon-Fri 12:00-09:00")]
    [InlineData("Mon 09:00-12:00 11:00-13:00")]
    [InlineData("Noday 09:00-12:00")]
    [InlineData("Mon-Fri-Sun 09:00-12:00")]
    [InlineData("Mon 09:00-25:00")]
    public void Hours_that_say_nothing_are_named_with_the_cure(string text)
    {
        Assert.False(WorkingHours.TryRead(text, out _, out var problem));
        Assert.Matches("Write", problem);
    }

    private static Duration Gap(Interval one, Interval other) => one.Start < other.Start ? other.Start - one.End : one.Start - other.End;

    private static int Minute(LocalDateTime time, LocalDate day) => (time.Date - day).Days * 1440 + time.Hour * 60 + time.Minute;

    private static WorkingHours Hours(string text) => WorkingHours.TryRead(text, out var hours, out var problem) ? hours : throw new ArgumentException(problem);
}
