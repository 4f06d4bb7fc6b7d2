namespace Playbook.Sales.Calendar;

/// <summary>Days on which nobody is disturbed: single dates and whole countries.</summary>
public sealed class Holidays
{
    private readonly HashSet<DateOnly> _dates;
    private readonly CountryHolidays[] _countries;

    private Holidays(HashSet<DateOnly> dates, CountryHolidays[] countries)
    {
        _dates = dates;
        _countries = countries;
    }

    public static Holidays None { get; } = new([], []);

    public static Holidays Of(IEnumerable<DateOnly> dates, params IEnumerable<CountryHolidays> countries) =>
        new([.. dates], [.. countries]);

    public bool Contains(DateOnly date)
    {
        if (_dates.Contains(date))
            return true;
        foreach (var country in _countries)
            if (country.Contains(date))
                return true;
        return false;
    }
}
