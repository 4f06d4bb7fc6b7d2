using System.Globalization;

namespace Playbook.Server.Pages.Shell;

/// <summary>Moments as people say them, in the zone of this machine.</summary>
public sealed class TimeWords(TimeProvider clock)
{
    /// <summary>"10:41" today, "yesterday 10:41", "Tue 10:41" in a week around, "3 Feb" this year, "3 Feb 2025" before.</summary>
    public string Short(DateTimeOffset moment)
    {
        var (local, language) = (Local(moment), Languages.Current);
        var isDanish = Languages.Code == "da";
        var days = (local.Date - Local(clock.GetUtcNow()).Date).Days;
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return days switch
        {
            0 => time,
            -1 => $"{(isDanish ? "i går" : "yesterday")} {time}",
            1 => $"{(isDanish ? "i morgen" : "tomorrow")} {time}",
            > -7 and < 7 => $"{local.ToString("ddd", language)} {time}",
            _ => local.ToString((isDanish ? "d. MMM" : "d MMM") + (local.Year == Local(clock.GetUtcNow()).Year ? "" : " yyyy"), language),
        };
    }

    /// <summary>For hovering: "Tuesday 3 February 2026, 10:41:07".</summary>
    public string Exact(DateTimeOffset moment) => Local(moment).ToString(Languages.Code == "da" ? "dddd d. MMMM yyyy, HH:mm:ss" : "dddd d MMMM yyyy, HH:mm:ss", Languages.Current);

    /// <summary>"Tuesday 3 February, 14:00", for a wall clock's time.</summary>
    public static string Wall(DateTime moment) => moment.ToString(Languages.Code == "da" ? "dddd d. MMMM, HH:mm" : "dddd d MMMM, HH:mm", Languages.Current);

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, clock.LocalTimeZone);
}
