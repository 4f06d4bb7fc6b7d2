using System.Globalization;

namespace Playbook.Server.Pages.Shell;

/// <summary>Moments as people say them, in the zone of this machine.</summary>
public sealed class TimeWords(TimeProvider clock)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"10:41" today, "yesterday 10:41", "Tue 10:41" in a week around, "3 Feb" this year, "3 Feb 2025" before.</summary>
    public string Short(DateTimeOffset moment)
    {
        var local = Local(moment);
        var days = (local.Date - Local(clock.GetUtcNow()).Date).Days;
        var time = local.ToString("HH:mm", English);
        return days switch
        {
            0 => time,
            -1 => $"yesterday {time}",
            1 => $"tomorrow {time}",
            > -7 and < 7 => $"{local.ToString("ddd", English)} {time}",
            _ => local.ToString(local.Year == Local(clock.GetUtcNow()).Year ? "d MMM" : "d MMM yyyy", English),
        };
    }

    /// <summary>For hovering: "Tuesday 3 February 2026, 10:41:07".</summary>
    public string Exact(DateTimeOffset moment) => Local(moment).ToString("dddd d MMMM yyyy, HH:mm:ss", English);

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, clock.LocalTimeZone);
}
