using System.Globalization;

namespace Playbook.Server.Pages.Designer.TryIt;

/// <summary>Times of a trial as people say them.</summary>
internal static class TrialWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"Mon 2 March 2026, 09:00".</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMMM yyyy, HH:mm", English);

    /// <summary>"Thu 5 Mar 09:00".</summary>
    public static string Short(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM HH:mm", English);

    /// <summary>"in 3 days", "in 4 hours", "now".</summary>
    public static string Ahead(TimeSpan time) => time switch
    {
        _ when time < TimeSpan.FromMinutes(1) => "now",
        _ when time < TimeSpan.FromHours(1) => Count((int)Math.Round(time.TotalMinutes), "minute"),
        _ when time < TimeSpan.FromHours(36) => Count((int)Math.Round(time.TotalHours), "hour"),
        _ when time < TimeSpan.FromDays(60) => Count((int)Math.Round(time.TotalDays), "day"),
        _ => Count((int)Math.Round(time.TotalDays / 30.4), "month"),
    };

    private static string Count(int count, string unit) => $"in {count} {unit}{(count == 1 ? "" : "s")}";
}
