namespace Playbook.Sales.Metrics;

/// <summary>When one subject came to each of the steps that were asked for; null where it has not.</summary>
/// <param name="Value">Of the sale, where the subject is one.</param>
public sealed record Journey(IReadOnlyList<DateTimeOffset?> At, double Value);

/// <summary>One step of the way from a lead to a client.</summary>
/// <param name="Name">The mark.</param>
/// <param name="Reached">Subjects of the cohort that came here or further.</param>
/// <param name="MedianDays">From the step before, of those that came here from it; null for the first step and where nobody came.</param>
/// <param name="Value">Of the sales among them.</param>
public sealed record FunnelStep(string Name, long Reached, double? MedianDays, double Value);

/// <summary>How far a cohort came.</summary>
public static class Funnel
{
    /// <summary>Who reached a later step has passed the earlier ones: phases can be entered anywhere.</summary>
    public static IReadOnlyList<FunnelStep> Of(IReadOnlyList<string> steps, IReadOnlyList<Journey> cohort)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(cohort);
        var funnel = new FunnelStep[steps.Count];
        for (var step = 0; step < steps.Count; step++)
        {
            var here = cohort.Where(journey => journey.At.Skip(step).Any(at => at is not null)).ToList();
            double? median = step == 0 ? null : Median([.. here.Where(journey => journey.At[step] is not null && journey.At[step - 1] is not null && journey.At[step] >= journey.At[step - 1])
                .Select(journey => (journey.At[step]!.Value - journey.At[step - 1]!.Value).TotalDays)]);
            funnel[step] = new FunnelStep(steps[step], here.Count, median, here.Sum(journey => journey.Value));
        }

        return funnel;
    }

    /// <summary>Null of nothing.</summary>
    public static double? Median(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            return null;
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
