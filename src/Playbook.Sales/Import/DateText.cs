using System.Globalization;

namespace Playbook.Sales.Import;

/// <summary>Reads days as programs write them.</summary>
public static class DateText
{
    private static readonly string[] YearFirst = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd"];
    private static readonly string[] DayFirst = ["d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "d-M-yy", "d/M/yy", "d.M.yy", "d MMM yyyy", "d-MMM-yyyy"];
    private static readonly string[] MonthFirst = ["M-d-yyyy", "M/d/yyyy", "M.d.yyyy", "M-d-yy", "M/d/yy", "M.d.yy", "MMM d yyyy"];

    public static bool TryDay(string text, DateOrder order, out DateOnly day)
    {
        text = WithoutTime(text);
        return (Try(text, YearFirst, out day) || Try(text, order == DateOrder.DayFirst ? DayFirst : MonthFirst, out day))
            && day.Year is >= 1900 and <= 2200;
    }

    /// <summary>
    /// The order in which a column writes day and month; null where no cell tells them apart. A day after the twelfth
    /// gives it away; where cells disagree, most of them win.
    /// </summary>
    public static DateOrder? OrderOf(IEnumerable<string> cells)
    {
        var votes = 0;
        foreach (var cell in cells)
        {
            var text = WithoutTime(cell.Trim());
            var dayFirst = Try(text, DayFirst, out _);
            var monthFirst = Try(text, MonthFirst, out _);
            if (dayFirst != monthFirst)
                votes += dayFirst ? 1 : -1;
        }
        return votes switch { > 0 => DateOrder.DayFirst, < 0 => DateOrder.MonthFirst, _ => null };
    }

    /// <summary>Whether the text means another day when read in the other order.</summary>
    public static bool IsAmbiguous(string text) =>
        TryDay(text, DateOrder.DayFirst, out var one) && TryDay(text, DateOrder.MonthFirst, out var other) && one != other;

    private static bool Try(string text, string[] formats, out DateOnly day) =>
        DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    // "2016-10-20T00:00:00Z" and "20-10-2016 09:30": only a time may be cut off, "3 May 2026" must stay whole.
    private static string WithoutTime(string text)
    {
        var at = text.IndexOfAny(['T', ' ']);
        return at >= 6 && text.IndexOf(':', at) > 0 ? text[..at] : text;
    }
}
