namespace Playbook.Sales.Metrics;

/// <summary>How much hangs on a few.</summary>
/// <param name="Largest">The name of the largest; null where there is nothing.</param>
/// <param name="TopShare">What the largest has of all, from 0 to 1.</param>
/// <param name="TopThree">What the three largest have.</param>
/// <param name="AsIfEqual">As many of equal size would be as concentrated: 1 ÷ the sum of squared shares (Herfindahl and Hirschman).</param>
/// <param name="Of">How many there are.</param>
public sealed record Concentration(string? Largest, double TopShare, double TopThree, double AsIfEqual, int Of)
{
    public static Concentration By(IEnumerable<(string Name, double Amount)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var sorted = parts.Where(part => part.Amount > 0).OrderByDescending(part => part.Amount).ToList();
        var all = sorted.Sum(part => part.Amount);
        return sorted.Count == 0 ? new Concentration(null, 0, 0, 0, 0) : new Concentration(
            sorted[0].Name, sorted[0].Amount / all, sorted.Take(3).Sum(part => part.Amount) / all, 1 / sorted.Sum(part => part.Amount / all * (part.Amount / all)), sorted.Count);
    }
}
