namespace Playbook.Sales.Forecasts;

/// <summary>A way to say what a coming period will bring. Pure: the same book gives the same answer.</summary>
public interface IForecastMethod
{
    /// <summary>What people read, such as <c>stage × age</c>.</summary>
    string Name { get; }

    /// <summary>The value that is expected to be won in <paramref name="period"/>, which begins after <see cref="DealBook.Today"/>.</summary>
    double Expect(DealBook book, Period period);
}
