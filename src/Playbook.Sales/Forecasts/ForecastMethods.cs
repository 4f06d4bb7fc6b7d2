namespace Playbook.Sales.Forecasts;

/// <summary>The ways to forecast that race against one another.</summary>
public static class ForecastMethods
{
    /// <summary>The bar to beat first.</summary>
    public static IReadOnlyList<IForecastMethod> All { get; } = [new LastPeriod(), new StageWeighted(), new StageAndAge(), new InflowAndDelay(), new MonteCarlo()];
}
