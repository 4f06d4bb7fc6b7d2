namespace Playbook.Sales.Forecasts;

/// <summary>A way to say what a coming period will bring. Pure: the same book gives the same answer.</summary>
public interface IForecastMethod
{
    /// <summary>What people read, such as <c>stage × age</c>.</summary>
    string Name { get; }

    /// <summary>The value that is expected to be won in <paramref name="period"/>, which begins after <see cref="DealBook.Today"/>.</summary>
    double Expect(DealBook book, Period period);
}

/// <summary>The ways to forecast that race against one another.</summary>
public static class ForecastMethods
{
    /// <summary>The bar to beat first.</summary>
    public static IReadOnlyList<IForecastMethod> All { get; } = [new LastPeriod(), new StageWeighted(), new StageAndAge(), new InflowAndDelay(), new MonteCarlo()];
}
