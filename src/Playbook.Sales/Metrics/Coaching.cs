using Playbook.Sales.Statistics;

namespace Playbook.Sales.Metrics;

/// <summary>How often something that a rep tried came off.</summary>
/// <param name="Ratio">Its name, such as "Steps on time".</param>
/// <param name="Advice">What to try where it trails.</param>
public sealed record RepRatio(string Ratio, string Rep, long Successes, long Trials, string Advice);

/// <summary>A ratio of a rep beside the same of everybody else.</summary>
/// <param name="Corrected">The p-value, corrected for all reps and ratios that were looked at (Benjamini–Hochberg).</param>
public sealed record RepDifference(string Ratio, string Advice, Proportion Own, Proportion Others, double Corrected)
{
    public double Difference => Own.Rate - Others.Rate;
}

/// <summary>What to talk about with a rep: one strength and one thing to try, each only where it is more than chance. Ratios only: who makes the most calls is not told.</summary>
/// <param name="Cases">How many cases the card rests on.</param>
public sealed record CoachingCard(string Rep, RepDifference? Strength, RepDifference? ToTry, long Cases)
{
    /// <summary>Fewer cases than this, of the rep or of the others, are not compared.</summary>
    public const int Fewest = 30;

    /// <summary>At most one in ten of the differences that are told is expected to be chance.</summary>
    public const double Believable = 0.1;

    /// <summary>A card for each rep, by name: cards are no ranking.</summary>
    public static IReadOnlyList<CoachingCard> Of(IReadOnlyList<RepRatio> ratios)
    {
        ArgumentNullException.ThrowIfNull(ratios);
        var all = ratios.GroupBy(ratio => ratio.Ratio, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (Successes: group.Sum(one => one.Successes), Trials: group.Sum(one => one.Trials)), StringComparer.Ordinal);
        var looked = ratios.Select(ratio => (Ratio: ratio, Own: new Proportion(ratio.Successes, ratio.Trials), Others: new Proportion(all[ratio.Ratio].Successes - ratio.Successes, all[ratio.Ratio].Trials - ratio.Trials)))
            .Where(one => one.Own.Trials >= Fewest && one.Others.Trials >= Fewest).ToList();
        var corrected = ManyTests.FalseDiscovery([.. looked.Select(one => TwoProportions.Compare(one.Others, one.Own)!.PValue)]);
        var told = looked.Zip(corrected, (one, p) => (one.Ratio.Rep, Difference: new RepDifference(one.Ratio.Ratio, one.Ratio.Advice, one.Own, one.Others, p)))
            .Where(one => one.Difference.Corrected <= Believable).ToLookup(one => one.Rep, one => one.Difference, StringComparer.Ordinal);
        return [.. ratios.GroupBy(ratio => ratio.Rep, StringComparer.Ordinal).OrderBy(rep => rep.Key, StringComparer.Ordinal).Select(rep => new CoachingCard(
            rep.Key, told[rep.Key].Where(one => one.Difference > 0).MaxBy(one => one.Difference), told[rep.Key].Where(one => one.Difference < 0).MinBy(one => one.Difference), rep.Sum(ratio => ratio.Trials)))];
    }
}
