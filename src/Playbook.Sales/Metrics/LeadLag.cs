using Playbook.Sales.Statistics;

namespace Playbook.Sales.Metrics;

/// <summary>One action beside one result.</summary>
/// <param name="Lag">Weeks from the action to the result: as long as sales take, fixed before looking.</param>
/// <param name="Found">Null where there are too few weeks, or one of the two never changes.</param>
/// <param name="Corrected">The p-value corrected for how many pairs were looked at (Benjamini–Hochberg); null without one.</param>
public sealed record LeadLagPair(string Lead, string Lag, int Weeks, LaggedCorrelation? Found, double? Corrected)
{
    /// <summary>At most one in ten of the links that are called so is expected to be chance.</summary>
    public const double Believable = 0.1;

    public bool IsLinked => Corrected <= Believable;
}

/// <summary>Which actions go before which results.</summary>
public static class LeadLag
{
    /// <param name="leads">Per week, oldest first; each has a value for every week.</param>
    /// <param name="lags">The same weeks.</param>
    /// <param name="weeks">How long results take.</param>
    public static IReadOnlyList<LeadLagPair> Pairs(IReadOnlyDictionary<string, IReadOnlyList<double>> leads, IReadOnlyDictionary<string, IReadOnlyList<double>> lags, int weeks)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(lags);
        var looked = leads.SelectMany(lead => lags.Select(lag => (Lead: lead.Key, Lag: lag.Key, Found: PermutationTest.Lagged(lead.Value, lag.Value, weeks)))).ToList();
        var told = looked.Where(pair => pair.Found is not null).ToList();
        var corrected = ManyTests.FalseDiscovery([.. told.Select(pair => pair.Found!.PValue)]);
        return [.. looked.Select(pair => new LeadLagPair(pair.Lead, pair.Lag, weeks, pair.Found, told.IndexOf(pair) is >= 0 and var at ? corrected[at] : null))
            .OrderBy(pair => pair.Corrected ?? 2).ThenByDescending(pair => Math.Abs(pair.Found?.Correlation ?? 0))];
    }
}
