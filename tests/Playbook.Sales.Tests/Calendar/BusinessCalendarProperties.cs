using FsCheck.Xunit;
using NodaTime;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Tests.Calendar;

/// <summary>Zones with clock changes at one, two and midnight, by half an hour, and with none; times to the second from 2005 to 2035.</summary>
public sealed class BusinessCalendarProperties
{
    private static readonly string[] Zones =
        ["Europe/Copenhagen", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu", "UTC"];

    private static readonly TimeOnly[] Clock =
        [new(0, 0), new(0, 30), new(1, 30), new(2, 0), new(2, 30), new(3, 0), new(9, 0), new(12, 0), new(13, 0), new(17, 0), new(23, 30)];

    private static DateTimeOffset Time(uint seed) => new DateTimeOffset(2005, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seed * 2654435761u % 946_080_000u);

    private static BusinessCalendar Calendar(uint seed)
    {
        var days = BusinessHours.EveryDay.Where(day => (seed >> (int)day & 1) == 1).ToList();
        var (first, second) = ((int)(seed / 128 % 10), (int)(seed / 1280 % 11));
        DayBlock[] blocks = [new(Clock[first], Clock[first + 1]), new(Clock[second], TimeOnly.MinValue)];
        var country = CountryHolidays.Find(CountryHolidays.Known[(int)(seed / 14080 % 3)])!;
        var hours = BusinessHours.On(days.Count > 0 ? days : BusinessHours.WorkingDays, seed % 3 == 0 ? blocks : blocks[..1]);
        return new BusinessCalendar(DateTimeZoneProviders.Tzdb[Zones[seed / 42240 % (uint)Zones.Length]], hours, Holidays.Of([], country));
    }

    private static uint Spread(uint seed) => seed * 2246822519u ^ seed >> 13;

    [Property(MaxTest = 2000, EndSize = 1_000_000)]
    public bool The_next_moment_is_never_before_now_and_always_in_the_window(uint how, uint when)
    {
        var calendar = Calendar(Spread(how));
        var next = calendar.Next(Time(when))!.Value;
        return next >= Time(when) && calendar.IsOpen(next);
    }

    [Property(MaxTest = 2000, EndSize = 1_000_000)]
    public bool Asking_again_at_the_next_moment_gives_the_same_moment(uint how, uint when)
    {
        var calendar = Calendar(Spread(how));
        var next = calendar.Next(Time(when));
        return calendar.Next(next!.Value) == next;
    }

    [Property(MaxTest = 2000, EndSize = 1_000_000)]
    public bool A_later_now_never_gives_an_earlier_moment(uint how, uint when, uint seconds)
    {
        var calendar = Calendar(Spread(how));
        return calendar.Next(Time(when)) <= calendar.Next(Time(when).AddSeconds(Spread(seconds) % 200_000));
    }

    [Property(MaxTest = 500, EndSize = 1_000_000)]
    public bool Nothing_open_is_passed_over(uint how, uint when)
    {
        var calendar = Calendar(Spread(how));
        var next = calendar.Next(Time(when))!.Value;
        for (var at = Time(when); at < next && at < Time(when).AddDays(3); at = at.AddMinutes(15))
            if (calendar.IsOpen(at))
                return false;
        return true;
    }

    [Property(MaxTest = 2000, EndSize = 1_000_000)]
    public bool A_time_of_day_keeps_the_same_three_rules(uint how, uint when, uint seconds)
    {
        var calendar = Calendar(Spread(how));
        var time = Clock[Spread(how) % (uint)Clock.Length];
        var next = calendar.NextAt(time, Time(when));
        return next >= Time(when)
            && calendar.NextAt(time, next!.Value) == next
            && next <= calendar.NextAt(time, Time(when).AddSeconds(Spread(seconds) % 200_000));
    }
}
