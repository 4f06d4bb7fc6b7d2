namespace Playbook.Sales.Statistics;

/// <summary>P-values corrected for how many were looked at; each answer stands where its question stood.</summary>
public static class ManyTests
{
    /// <summary>
    /// Benjamini and Hochberg, JRSS B 57 (1995): of what stays at or below 0.05, at most one in twenty is expected to be chance.
    /// For looking around.
    /// </summary>
    public static IReadOnlyList<double> FalseDiscovery(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        var order = Order(pValues);
        var corrected = new double[pValues.Count];
        var smallest = 1.0;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            smallest = Math.Min(smallest, pValues[order[rank - 1]] * order.Length / rank);
            corrected[order[rank - 1]] = smallest;
        }

        return corrected;
    }

    /// <summary>Holm, Scandinavian Journal of Statistics 6 (1979): the chance of any false alarm at all. For deciding between several variants.</summary>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        var order = Order(pValues);
        var corrected = new double[pValues.Count];
        var largest = 0.0;
        for (var rank = 1; rank <= order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, pValues[order[rank - 1]] * (order.Length - rank + 1)));
            corrected[order[rank - 1]] = largest;
        }

        return corrected;
    }

    private static int[] Order(IReadOnlyList<double> pValues)
    {
        foreach (var value in pValues)
            if (value is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(pValues), value, "A p-value lies between 0 and 1.");
        return [.. Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index])];
    }
}
