using System.Globalization;

namespace Playbook.Server.Pages.Measures.Charts;

/// <summary>Numbers as the pages write them.</summary>
public static class Figures
{
    /// <summary>No more digits than anybody can use: 12,345 · 61 · 4.2 · 0.35.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    public static string Number(double? value) => value is { } number ? Number(number) : "–";

    /// <summary>1.9 M · 84 k · 950: for headlines; the exact figure stands in the table.</summary>
    public static string Money(double value) => value < 0 ? "−" + Money(-value) : value switch
    {
        >= 10_000_000 => (value / 1_000_000).ToString("0.#", CultureInfo.InvariantCulture) + " M",
        >= 1_000_000 => (value / 1_000_000).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 10_000 => (value / 1_000).ToString("0", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };

    public static string Share(double value) => double.IsNaN(value) ? "–" : (value * 100).ToString(Math.Abs(value) is < 0.0995 and > 0 ? "0.#" : "0", CultureInfo.InvariantCulture) + "\u00A0%";

    public static string Share(double? value) => value is { } share ? Share(share) : "–";

    /// <summary>How long something takes: at once · 29 min · 16 h · 3.9 d · 42 d.</summary>
    public static string Time(double days) => days switch
    {
        < 1.0 / 1440 => "at once",
        < 1.5 / 24 => $"{days * 1440:0} min",
        < 2 => $"{(days * 24).ToString(days * 24 < 10 ? "0.#" : "0", CultureInfo.InvariantCulture)} h",
        _ => $"{days.ToString(days < 10 ? "0.#" : "0", CultureInfo.InvariantCulture)} d",
    };

    /// <summary>A month as "Mar 2026"; given as 2026-03.</summary>
    public static string Month(string month) => DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MMM yyyy", CultureInfo.GetCultureInfo("en-GB"));

    /// <summary>With the sign that typographers use.</summary>
    public static string Signed(double value, string format) => (value < 0 ? "−" : "+") + Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en-GB"));

    /// <summary>Without the year.</summary>
    public static string ShortDay(DateOnly day) => day.ToString("d MMM", CultureInfo.GetCultureInfo("en-GB"));
}
