using System.Globalization;
using System.Text.RegularExpressions;

namespace Playbook.Email;

/// <summary>
/// When somebody who is away comes back, as an English or Danish text says it: "back on 12 August", "tilbage mandag d. 3.
/// marts". A date counts only where words about coming back, or the end of an absence, stand beside it.
/// </summary>
internal static partial class ReturnDate
{
    private const int Most = 4000;

    private static readonly Dictionary<string, int> _months = new(StringComparer.OrdinalIgnoreCase)
    {
        ["jan"] = 1, ["feb"] = 2, ["mar"] = 3, ["apr"] = 4, ["may"] = 5, ["maj"] = 5, ["jun"] = 6, ["jul"] = 7, ["aug"] = 8, ["sep"] = 9, ["oct"] = 10, ["okt"] = 10, ["nov"] = 11, ["dec"] = 12,
    };

    private static readonly string[][] _weekdays =
    [
        ["sunday", "søndag"], ["monday", "mandag"], ["tuesday", "tirsdag"], ["wednesday", "onsdag"], ["thursday", "torsdag"], ["friday", "fredag"], ["saturday", "lørdag"],
    ];

    private enum Cue
    {
        None,
        Until,
        Through,
        Back,
    }

    /// <summary>The beginning of that day where the sender is; null where the text does not say.</summary>
    public static DateTimeOffset? In(string text, DateTimeOffset written)
    {
        text = text.Length > Most ? text[..Most] : text;
        var today = DateOnly.FromDateTime(written.DateTime);
        (Cue Cue, DateOnly Date)? best = null;
        foreach (var (date, at, end) in Dates(text, written, today).OrderBy(found => found.At))
        {
            var cue = CueAround(text, at, end);
            // The first that says "back"; of the ends of an absence the last.
            if (cue == Cue.None || (best is { } known && (known.Cue == Cue.Back || (cue != Cue.Back && date <= known.Date))))
                continue;
            best = (cue, cue == Cue.Through ? date.AddDays(1) : date);
        }

        return best is { } found && found.Date >= today && found.Date <= today.AddDays(550)
            ? new DateTimeOffset(found.Date.ToDateTime(TimeOnly.MinValue), written.Offset)
            : null;
    }

    private static IEnumerable<(DateOnly Date, int At, int End)> Dates(string text, DateTimeOffset written, DateOnly today)
    {
        var taken = new List<(int At, int End)>();
        foreach (Match match in Written().Matches(text))
            if (Of(match, "day", "month", "year", today) is { } date && Take(match))
                yield return (date, match.Index, match.Index + match.Length);
        foreach (Match match in Numeric().Matches(text))
            if (!Taken(match) && OfNumbers(match, text, written, today) is { } date && Take(match))
                yield return (date, match.Index, match.Index + match.Length);
        foreach (Match match in Week().Matches(text))
            if (OfWeek(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), today) is { } date && Take(match))
                yield return (IsThrough(text, match.Index) ? date.AddDays(6) : date, match.Index, match.Index + match.Length);
        foreach (Match match in Day().Matches(text))
            if (!Taken(match))
                yield return (OfDay(match.Value.ToLowerInvariant(), today), match.Index, match.Index + match.Length);

        bool Taken(Match match) => taken.Any(place => match.Index < place.End && match.Index + match.Length > place.At);

        bool Take(Match match)
        {
            taken.Add((match.Index, match.Index + match.Length));
            return true;
        }
    }

    private static Cue CueAround(string text, int at, int end)
    {
        var before = text[Math.Max(0, at - 70)..at];
        // Only within the sentence, but not torn by "d." or "kl." before the date.
        var stop = SentenceEnd().Matches(before);
        before = stop.Count > 0 ? before[(stop[^1].Index + 1)..] : before;
        var after = text[end..Math.Min(text.Length, end + 45)];
        if (NotBackUntil().IsMatch(before))
            return Cue.Back;
        if (ThroughCue().IsMatch(before) || after.TrimStart().StartsWith("incl", StringComparison.OrdinalIgnoreCase) || after.TrimStart().StartsWith("inkl", StringComparison.OrdinalIgnoreCase) || after.TrimStart(' ', ',').StartsWith("begge dage", StringComparison.OrdinalIgnoreCase))
            return Cue.Through;
        if (UntilCue().IsMatch(before))
            return Cue.Until;
        if (BackBefore().IsMatch(before) || BackAfter().IsMatch(after))
            return Cue.Back;
        return RangeCue().IsMatch(before) ? Cue.Through : Cue.None;
    }

    private static bool IsThrough(string text, int at) => ThroughCue().IsMatch(text[Math.Max(0, at - 30)..at]);

    private static DateOnly? Of(Match match, string day, string month, string year, DateOnly today)
    {
        var name = match.Groups[month].Value;
        return _months.TryGetValue(name[..3], out var number) ? Of(Number(match.Groups[day].Value), number, match.Groups[year].Value, today) : null;
    }

    private static DateOnly? OfNumbers(Match match, string text, DateTimeOffset written, DateOnly today)
    {
        if (match.Groups["iso"].Success)
            return DateOnly.TryParseExact(match.Groups["iso"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso) ? iso : null;
        var (first, second) = (Number(match.Groups["one"].Value), Number(match.Groups["two"].Value));
        // The month comes first in America only.
        var american = match.Value.Contains('/', StringComparison.Ordinal) && written.Offset <= TimeSpan.FromHours(-3) && !Danish().IsMatch(text);
        var (day, month) = american ? (second, first) : (first, second);
        return month > 12 ? Of(month, day, match.Groups["year"].Value, today) : Of(day, month, match.Groups["year"].Value, today);
    }

    private static DateOnly? Of(int day, int month, string year, DateOnly today)
    {
        if (month is < 1 or > 12 || day < 1)
            return null;
        if (year.Length > 0)
        {
            var full = Number(year) is var number && number < 100 ? 2000 + number : number;
            return full is > 1990 and < 2200 && day <= DateTime.DaysInMonth(full, month) ? new DateOnly(full, month, day) : null;
        }

        var next = Valid(today.Year) is { } thisYear && thisYear >= today ? thisYear : Valid(today.Year + 1);
        // A day that lies almost a year ahead is one that has just been.
        return next is { } found && found <= today.AddDays(305) ? found : null;

        DateOnly? Valid(int inYear) => day <= DateTime.DaysInMonth(inYear, month) ? new DateOnly(inYear, month, day) : null;
    }

    private static DateOnly? OfWeek(int week, DateOnly today)
    {
        if (week is < 1 or > 53)
            return null;
        var year = ISOWeek.GetYear(today.ToDateTime(TimeOnly.MinValue));
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return monday.AddDays(6) >= today ? monday : DateOnly.FromDateTime(ISOWeek.ToDateTime(year + 1, week, DayOfWeek.Monday));
    }

    private static DateOnly OfDay(string name, DateOnly today)
    {
        if (name.EndsWith("tomorrow", StringComparison.Ordinal) || name.EndsWith("morgen", StringComparison.Ordinal))
            return today.AddDays(1);
        var weekday = Array.FindIndex(_weekdays, names => names.Any(known => name.EndsWith(known, StringComparison.Ordinal)));
        var ahead = (weekday - (int)today.DayOfWeek + 7) % 7;
        return today.AddDays(ahead == 0 ? 7 : ahead);
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private const string Months = "(?<month>jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch|ts)?|apr(?:il)?|may|maj|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?";

    [GeneratedRegex(@"\b(?<day>\d{1,2})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?" + Months + @"(?:,?\s+(?<year>20\d\d))?|\b" + Months + @"\s+(?<day>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*[:.]\d)(?:,?\s+(?<year>20\d\d))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Written();

    [GeneratedRegex(@"(?<![\d./-])(?:(?<iso>20\d\d-\d\d-\d\d)|(?<one>\d{1,2})[./-](?<two>\d{1,2})(?:[./ -]+(?<year>20\d\d|\d\d)\b)?)(?![/-]?\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"\b(?:uge|week)\s+(\d{1,2})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Week();

    [GeneratedRegex(@"\b(?:tomorrow|i morgen|sunday|monday|tuesday|wednesday|thursday|friday|saturday|søndag|mandag|tirsdag|onsdag|torsdag|fredag|lørdag)\b(?!,?\s*(?:the |d\.|den )?\s*(?:\d|(?:jan|feb|mar|apr|ma[yj]|jun|jul|aug|sep|o[ck]t|nov|dec)[a-z]*\.?\s+\d))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Day();

    private const string Between = @"[\s,(]*(?:(?:on|the|next|again|in|office|d\.?|den|på|i|igen|from|fra|and|with|including|med|kontoret|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:man|tirs|ons|tors|fre|lør|søn)dag)[\s,]+){0,8}(?:d\.)?\s*$";

    [GeneratedRegex(@"\b(?:through|to and including|up to and including|til og med|t\.?o\.?m\.?|thru)" + Between, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ThroughCue();

    [GeneratedRegex(@"\b(?:until|till|til|frem til|indtil)" + Between, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UntilCue();

    [GeneratedRegex(@"\b(?:not|ikke|først|no)\b.{0,40}\b(?:back|return|available|tilbage|until|før|before)\b.{0,25}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex NotBackUntil();

    [GeneratedRegex(@"\b(?:back|return(?:s|ing)?|available again|be available|reply (?:to you )?(?:on|after)|tilbage|retur|på kontoret igen|træffes igen|kan træffes|svare? (?:dig )?)\b.{0,45}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex BackBefore();

    [GeneratedRegex(@"^[\s,]*(?:is|er|will|vil|jeg|i|we|vi|'ll|am|are|be|være|when|hvor)[\s\w',]{0,22}\b(?:back|return|tilbage|retur|available)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BackAfter();

    [GeneratedRegex(@"(?:\d{1,2}(?:st|nd|rd|th|\.)?(?:\s*" + "(?:jan|feb|mar|apr|ma[yj]|jun|jul|aug|sep|o[ck]t|nov|dec)[a-z]*" + @")?(?:[./-]\d{1,2})?(?:[./-](?:20)?\d\d)?\s*(?:-|–|—|to|til)|\b(?:to|and))\s*(?:the |den |d\. )?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RangeCue();

    [GeneratedRegex(@"(?<!\b(?:d|kl|ca|nr))[.!?]\s+(?=[A-ZÆØÅ])|\n\s*\n", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\b(?:jeg|ikke|og|er|til|fra|hilsen|tilbage)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Danish();
}
