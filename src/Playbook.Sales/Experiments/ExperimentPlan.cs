using Playbook.Sales.Statistics;

namespace Playbook.Sales.Experiments;

/// <summary>What an experiment would take, said before it begins.</summary>
/// <param name="PerVariant">Subjects that each variant needs.</param>
/// <param name="Weeks">How long that takes at today's pace, rounded up; null where nobody comes.</param>
/// <param name="SmallestRise">The smallest rise that a year at today's pace could show; null where not even the largest could be seen.</param>
public sealed record ExperimentPlan(long PerVariant, int? Weeks, double? SmallestRise)
{
    private const int WeeksOfAYear = 52;

    /// <param name="rate">How often it works now, above 0 and below 1.</param>
    /// <param name="hoped">The rate worth seeing.</param>
    /// <param name="variants">How many ways are tried; 2 or more. Against several, each comparison is allowed its share of the false alarms.</param>
    /// <param name="perWeek">Subjects that come to the step in a week, 0 or more.</param>
    public static ExperimentPlan For(double rate, double hoped, int variants, double perWeek)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variants, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(perWeek);
        var alpha = 0.05 / (variants - 1);
        var needed = SampleSize.PerArm(rate, hoped, alpha);
        var inAYear = (long)(perWeek * WeeksOfAYear / variants);
        return new ExperimentPlan(
            needed,
            perWeek > 0 ? (int)Math.Ceiling(needed * variants / perWeek) : null,
            inAYear > 0 ? SampleSize.SmallestRise(rate, inAYear, alpha) : null);
    }
}
