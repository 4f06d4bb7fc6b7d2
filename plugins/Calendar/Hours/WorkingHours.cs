using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;

namespace Playbook.Calendar.Hours;

/// <summary>The hours of a week in which somebody can be booked, written <c>Mon-Fri 09:00-12:00 13:00-16:30; Sat 10:00-12:00</c>.</summary>
internal sealed class WorkingHours
{
    private static readonly string[] DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private readonly Dictionary<IsoDayOfWeek, List<(LocalTime From, LocalTime To)>> _days = [];

    public IReadOnlyList<(LocalTime From, LocalTime To)> On(IsoDayOfWeek day) => _days.GetValueOrDefault(day) ?? [];

    /// <summary>Reads the hours; where it cannot, <paramref name="problem"/> names the cause and the cure.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out WorkingHours? hours, [NotNullWhen(false)] out string? problem)
    {
        hours = null;
        var read = new WorkingHours();
        foreach (var part in text.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = part.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            var days = words.TakeWhile(word => !char.IsAsciiDigit(word[0])).ToList();
            var blocks = words.Skip(days.Count).Select(Block).ToList();
            if (days.Count == 0 || blocks.Count == 0 || days.Exists(word => Days(word) is null) || blocks.Contains(null))
            {
                problem = $"'{part}' are not hours. Write them as Mon-Fri 09:00-12:00 13:00-16:30, several with ';' between them.";
                return false;
            }
            foreach (var day in days.SelectMany(word => Days(word)!))
                read._days[day] = [.. blocks.Select(block => block!.Value).OrderBy(block => block.From)];
        }
        foreach (var (day, blocks) in read._days)
            for (var at = 1; at < blocks.Count; at++)
                if (blocks[at].From < blocks[at - 1].To)
                {
                    problem = $"The hours of {day} overlap. Write each hour once.";
                    return false;
                }
        problem = read._days.Count == 0 ? "There are no hours, so nobody could ever be booked. Write them as Mon-Fri 09:00-16:00." : null;
        hours = problem is null ? read : null;
        return problem is null;
    }

    private static IEnumerable<IsoDayOfWeek>? Days(string word)
    {
        var ends = word.Split('-').Select(Day).ToList();
        if (ends.Count > 2 || ends.Contains(-1))
            return null;
        var (first, last) = (ends[0], ends[^1]);
        return Enumerable.Range(0, (last - first + 7) % 7 + 1).Select(ahead => (IsoDayOfWeek)((first + ahead) % 7 + 1));
    }

    private static int Day(string name) => name.Length < 3 ? -1 : Array.FindIndex(DayNames, day => name.StartsWith(day, StringComparison.OrdinalIgnoreCase));

    private static (LocalTime From, LocalTime To)? Block(string word)
    {
        var ends = word.Split('-');
        if (ends.Length != 2 || !TryTime(ends[0], out var from))
            return null;
        // Midnight as the end is the end of the day: a block never reaches into the next one.
        if (ends[1] is "24:00" or "00:00")
            return (from, LocalTime.MaxValue);
        return TryTime(ends[1], out var to) && from < to ? (from, to) : null;
    }

    private static bool TryTime(string text, out LocalTime time)
    {
        var read = TimeOnly.TryParseExact(text, ["H:mm", "HH:mm", "H.mm", "HH.mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var found);
        time = read ? new LocalTime(found.Hour, found.Minute) : default;
        return read;
    }
}
