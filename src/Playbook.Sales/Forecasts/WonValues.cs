namespace Playbook.Sales.Forecasts;

/// <summary>What a deal brings when it is won, by its group, learned from a book.</summary>
internal sealed class WonValues
{
    private readonly Dictionary<string, double[]> _byGroup;
    private readonly double[] _all;

    private WonValues(Dictionary<string, double[]> byGroup, double[] all)
    {
        _byGroup = byGroup;
        _all = all;
        Mean = all.Length == 0 ? 0 : all.Average();
    }

    /// <summary>Of any won deal.</summary>
    public double Mean { get; }

    public static WonValues Learn(DealBook book)
    {
        var won = book.Deals.Where(deal => deal.IsWon).ToList();
        return new WonValues(
            won.GroupBy(deal => deal.Group, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(deal => deal.Value).ToArray(), StringComparer.Ordinal),
            [.. won.Select(deal => deal.Value)]);
    }

    public double MeanOf(string group) => _byGroup.TryGetValue(group, out var values) ? values.Average() : Mean;

    /// <summary>One that was seen, at random.</summary>
    public double Draw(string group, Random random) => Draw(_byGroup.GetValueOrDefault(group, _all), random);

    public double Draw(Random random) => Draw(_all, random);

    private static double Draw(double[] values, Random random) => values.Length == 0 ? 0 : values[random.Next(values.Length)];
}
