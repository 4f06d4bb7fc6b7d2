using System.Globalization;
using System.Text.RegularExpressions;

namespace Playbook.Sales.Queue;

/// <summary>Reads when something is to come back, as people write it, in English and Danish: "2h", "tomorrow 14:00", "mandag", "3 dec 9".</summary>
public static partial class WhenWords
{
    private static readonly TimeOnly Morning = new(9, 0);

    private static readonly string[][] Weekdays =
    [
        ["sunday", "søndag"], ["monday", "mandag"], ["tuesday", "tirsdag"], ["wednesday", "onsdag"], ["thursday", "torsdag"], ["friday", "fredag"], ["saturday", "lørdag"],
    ];

    private static readonly string[][] Months =
    [
        ["january", "januar"], ["february", "februar"], ["march", "marts"], ["april"], ["may", "maj"], ["june", "juni"],
        ["july", "juli"], ["august"], ["september"], ["october", "oktober"], ["november"], ["december"],
    ];

    private static readonly Dictionary<string, TimeOnly> PartsOfDay = new(StringComparer.Ordinal)
    {
        ["morning"] = Morning, ["morgen"] = Morning, ["formiddag"] = new(10, 0), ["noon"] = new(12, 0), ["middag"] = new(12, 0), ["lunch"] = new(12, 0),
        ["afternoon"] = new(14, 0), ["eftermiddag"] = new(14, 0), ["evening"] = new(18, 0), ["aften"] = new(18, 0),
    };

    /// <summary>The moment that is meant, after <paramref name="now"/>; null where nobody can tell, or it has passed.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="now">The wall clock of whoever wrote it.</param>
    public static DateTime? Read(string? text, DateTime now)
    {
        var words = (text ?? "").Trim().ToLowerInvariant();
        if (words.Length == 0)
            return null;
        var moment = After(words, now) ?? OnDay(words, now);
        return moment > now ? moment : null;
    }

    private static DateTime? After(string words, DateTime now)
    {
        if (Span().Match(words) is not { Success: true } span || !int.TryParse(span.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var many) || many > 1000)
            return null;
        return span.Groups[2].Value[0] switch
        {
            'm' when span.Groups[2].Value.StartsWith("mo", StringComparison.Ordinal) || span.Groups[2].Value.StartsWith("må", StringComparison.Ordinal) => now.Date.AddMonths(many) + Morning.ToTimeSpan(),
            'm' => now.AddMinutes(many),
            'h' or 't' => now.AddHours(many),
            'd' => now.Date.AddDays(many) + Morning.ToTimeSpan(),
            _ => now.Date.AddDays(7 * many) + Morning.ToTimeSpan(),
        };
    }

    private static DateTime? OnDay(string words, DateTime now)
    {
        DateTime? day = null;
        TimeOnly? time = null;
        var rest = words.Replace("i morgen", "tomorrow", StringComparison.Ordinal).Replace("i dag", "today", StringComparison.Ordinal)
            .Replace("i eftermiddag", "today eftermiddag", StringComparison.Ordinal).Replace("i aften", "today aften", StringComparison.Ordinal)
            .Replace("næste uge", "nextweek", StringComparison.Ordinal).Replace("next week", "nextweek", StringComparison.Ordinal);
        if (IsoDate().Match(rest) is { Success: true } iso)
        {
            if (!DateTime.TryParseExact(iso.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var written))
                return null;
            day = written;
            rest = rest.Remove(iso.Index, iso.Length).TrimStart('t');
        }
        else if (DayAndMonth(rest, now) is { } dated)
        {
            day = dated.Day;
            rest = rest.Remove(dated.At, dated.Length);
        }

        foreach (var word in rest.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("at" or "kl" or "the" or "on" or "next" or "på" or "til" or "until")))
        {
            if (day is null && DayOf(word, now) is { } named)
                day = named;
            else if (time is null && TimeOf(word) is { } clock)
                time = clock;
            else
                return null;
        }

        if (day is null && time is null)
            return null;
        var moment = (day ?? now.Date) + (time ?? Morning).ToTimeSpan();
        return day is null && moment <= now ? moment.AddDays(1) : moment;
    }

    private static DateTime? DayOf(string word, DateTime now)
    {
        if (word == "today")
            return now.Date;
        if (word == "tomorrow")
            return now.Date.AddDays(1);
        if (word == "nextweek")
            return now.Date.AddDays((8 - (int)now.DayOfWeek) % 7 is 0 ? 7 : (8 - (int)now.DayOfWeek) % 7);
        var weekday = Array.FindIndex(Weekdays, names => names.Any(name => IsShortOf(word, name)));
        return weekday < 0 ? null : now.Date.AddDays((weekday - (int)now.DayOfWeek + 6) % 7 + 1);
    }

    private static (DateTime Day, int Length, int At)? DayAndMonth(string words, DateTime now)
    {
        if (DayMonth().Match(words) is not { Success: true } match)
            return null;
        var month = 1 + Array.FindIndex(Months, names => names.Any(name => IsShortOf(match.Groups[2].Value, name)));
        if (month == 0 || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > DateTime.DaysInMonth(now.Year, month))
            return null;
        var day = new DateTime(now.Year, month, number);
        return (day < now.Date ? day.AddYears(1) : day, match.Length, match.Index);
    }

    private static TimeOnly? TimeOf(string word)
    {
        if (PartsOfDay.TryGetValue(word, out var part))
            return part;
        if (Clock().Match(word) is not { Success: true } clock)
            return null;
        var hour = int.Parse(clock.Groups[1].Value, CultureInfo.InvariantCulture);
        var minute = clock.Groups[2].Success ? int.Parse(clock.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
        if (clock.Groups[3].Value == "pm" && hour < 12)
            hour += 12;
        return hour > 23 || minute > 59 ? null : new TimeOnly(hour, minute);
    }

    private static bool IsShortOf(string word, string name) => word.Length >= 3 && name.StartsWith(word, StringComparison.Ordinal);

    [GeneratedRegex(@"^(?:in |om )?(\d{1,4}) ?(m|min|mins|minutes?|minutter|h|hrs?|hours?|t|timer?|d|days?|dage?|w|weeks?|uger?|u|months?|måneder|måned)$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Span();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}", RegexOptions.CultureInvariant, 100)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"\b(\d{1,2})\.? ?([a-zæøå]{3,9})\b", RegexOptions.CultureInvariant, 100)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"^(\d{1,2})(?::(\d{2}))?(am|pm)?$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Clock();
}
