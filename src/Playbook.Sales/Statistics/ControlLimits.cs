namespace Playbook.Sales.Statistics;

/// <summary>
/// What a steady series varies between by itself (individuals chart: mean and 2.66 times the mean moving range), and where it
/// left that. Wheeler, "Understanding Variation" (1993).
/// </summary>
/// <param name="Center">The mean.</param>
/// <param name="Usual">What values lie between as long as nothing changes.</param>
/// <param name="Signals">The places that are out of it, or the eighth and later in a row on one side of the mean.</param>
public sealed record ControlLimits(double Center, Interval Usual, IReadOnlyList<int> Signals)
{
    private const double Natural = 2.66;
    private const int Run = 8;

    /// <summary>Null for fewer than six values: too few to say what is usual.</summary>
    public static ControlLimits? Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 6)
            return null;
        var center = values.Average();
        var range = Enumerable.Range(1, values.Count - 1).Average(i => Math.Abs(values[i] - values[i - 1]));
        var usual = new Interval(center - Natural * range, center + Natural * range);
        List<int> signals = [];
        var (side, inRow) = (0, 0);
        for (var i = 0; i < values.Count; i++)
        {
            var here = Math.Sign(values[i] - center);
            inRow = here != 0 && here == side ? inRow + 1 : here == 0 ? 0 : 1;
            side = here;
            if (!usual.Contains(values[i]) || inRow >= Run)
                signals.Add(i);
        }

        return new ControlLimits(center, usual, signals);
    }

    /// <summary>How bumpy a series is: standard deviation over mean; null where the mean is 0 or there are fewer than two values.</summary>
    public static double? CoefficientOfVariation(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2 || values.Average() is var mean && mean == 0)
            return null;
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) / mean;
    }
}
