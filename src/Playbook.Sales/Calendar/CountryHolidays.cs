using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;

namespace Playbook.Sales.Calendar;

/// <summary>The public holidays of one country, computed for any year from the rules in its data file.</summary>
public sealed class CountryHolidays
{
    private const string Folder = "holidays/";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);
    private static readonly FrozenDictionary<string, CountryHolidays> All = ReadAll();

    private readonly HolidayFile _file;
    private readonly ConcurrentDictionary<int, FrozenDictionary<DateOnly, string>> _years = new();

    private CountryHolidays(HolidayFile file) => _file = file;

    /// <summary>The countries that we have rules for, as ISO 3166 codes of two letters.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    public string Country => _file.Country;

    public string Name => _file.Name;

    /// <summary>The holidays of a country by its code of two letters; null where we have no rules for it.</summary>
    public static CountryHolidays? Find(string? country) =>
        country is not null && All.TryGetValue(country.Trim(), out var found) ? found : null;

    public bool Contains(DateOnly date) => In(date.Year).ContainsKey(date);

    /// <summary>The days off of one year with their names, substitute days included.</summary>
    public IReadOnlyDictionary<DateOnly, string> In(int year) => _years.GetOrAdd(year, Compute);

    private FrozenDictionary<DateOnly, string> Compute(int year)
    {
        var days = new Dictionary<DateOnly, string>();
        // The neighbours too: a Saturday's New Year is taken on the last day of the year before.
        for (var near = Math.Max(1, year - 1); near <= Math.Min(9999, year + 1); near++)
            foreach (var (date, name) in DaysOff(near))
                if (date.Year == year)
                    days.TryAdd(date, name);
        return days.ToFrozenDictionary();
    }

    private Dictionary<DateOnly, string> DaysOff(int year)
    {
        var days = new Dictionary<DateOnly, string>();
        foreach (var rule in _file.Rules)
            if (year >= (rule.From ?? year) && year <= (rule.Until ?? year))
                days.TryAdd(rule.DateIn(year), rule.Name);
        if (_file.OnWeekend is null)
            return days;
        foreach (var (date, name) in days.OrderBy(day => day.Key).ToList())
            if (Substitute(date, days) is { } instead)
                days.TryAdd(instead, name + " (substitute day)");
        return days;
    }

    private DateOnly? Substitute(DateOnly date, Dictionary<DateOnly, string> taken)
    {
        if (!IsWeekend(date))
            return null;
        if (_file.OnWeekend == "nearest-weekday")
        {
            var nearest = date.DayNumber + (date.DayOfWeek == DayOfWeek.Saturday ? -1 : 1);
            return nearest < 0 || nearest > DateOnly.MaxValue.DayNumber ? null : DateOnly.FromDayNumber(nearest);
        }
        var next = date;
        while (IsWeekend(next) || taken.ContainsKey(next))
        {
            if (next == DateOnly.MaxValue)
                return null;
            next = next.AddDays(1);
        }
        return next;
    }

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static FrozenDictionary<string, CountryHolidays> ReadAll()
    {
        var assembly = typeof(CountryHolidays).Assembly;
        var all = new Dictionary<string, CountryHolidays>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var file = JsonSerializer.Deserialize<HolidayFile>(stream, Format)!;
            all.Add(file.Country, new CountryHolidays(file));
        }
        return all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
