namespace Playbook.Sales.Forecasts;

/// <summary>What could be changed, each as a factor; 1 is as it is.</summary>
/// <param name="Leads">Sales that begin from today on.</param>
/// <param name="Conversion">The chance that a sale is won.</param>
/// <param name="Cycle">How long a sale takes; 0.8 is a fifth less.</param>
/// <param name="Value">What a win brings.</param>
public sealed record Levers(double Leads = 1, double Conversion = 1, double Cycle = 1, double Value = 1)
{
    public bool AreStill => this == new Levers();
}

/// <summary>
/// What a period would bring if something were otherwise: the sales that are open, by their age, and those that come in until
/// its end. Learned once, so that a lever moves the figure at once.
/// </summary>
public sealed class WhatIf
{
    private readonly WinChances _chances;
    private readonly List<(int Age, double Value)> _open;
    private readonly double _perDay;
    private readonly double _value;
    private readonly int _gap;
    private readonly int _days;

    private WhatIf(DealBook book, Period period)
    {
        _chances = WinChances.Learn(book);
        var values = WonValues.Learn(book);
        _open = [.. book.Open.Select(deal => (book.Today.DayNumber - deal.EngagedOn.DayNumber, values.MeanOf(deal.Group)))];
        (_perDay, _value) = (Inflow.PerDay(book), values.Mean);
        (_gap, _days) = (period.First.DayNumber - book.Today.DayNumber - 1, period.Days);
    }

    public static WhatIf Learn(DealBook book, Period period)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (period.First <= book.Today)
            throw new ArgumentException($"The period begins on {period.First:yyyy-MM-dd}, and the book is of {book.Today:yyyy-MM-dd}: there is nothing left to change.", nameof(period));
        return new WhatIf(book, period);
    }

    public double Expect(Levers levers)
    {
        ArgumentNullException.ThrowIfNull(levers);
        if (levers is not { Leads: >= 0, Conversion: >= 0, Cycle: > 0, Value: >= 0 })
            throw new ArgumentException("A lever is a factor of 0 or more, and a sale always takes some time.", nameof(levers));
        // A sale that goes faster is as far after a day as it was after more than one.
        var (from, until) = (_gap / levers.Cycle, (_gap + _days) / levers.Cycle);
        var open = _open.Sum(deal => Math.Min(1, (_chances.WinWithin(deal.Age, (int)Math.Round(until)) - _chances.WinWithin(deal.Age, (int)Math.Round(from))) * levers.Conversion) * deal.Value);
        var coming = 0.0;
        for (var day = 1; day <= _gap + _days; day++)
        {
            var (ends, begins) = ((_gap + _days - day + 0.5) / levers.Cycle, (_gap - day + 0.5) / levers.Cycle);
            coming += _perDay * levers.Leads * Math.Min(1, (_chances.WonBy(ends) - _chances.WonBy(Math.Max(0, begins))) * levers.Conversion);
        }

        return (open + coming * _value) * levers.Value;
    }

    /// <summary>How many times as much as without the levers; null where nothing is expected without them.</summary>
    public double? Factor(Levers levers) => Expect(new Levers()) is > 0 and var still ? Expect(levers) / still : null;
}
