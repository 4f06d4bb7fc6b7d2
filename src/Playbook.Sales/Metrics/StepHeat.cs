using Playbook.Sales.Statistics;

namespace Playbook.Sales.Metrics;

/// <summary>One time that a step was given to a person.</summary>
/// <param name="Days">From when it was given until it was done or withdrawn; of one still open, until now.</param>
/// <param name="IsOver">False while it is open.</param>
/// <param name="WentNoFurther">The run is over, and nothing was asked of anybody about the same subject afterwards, in this playbook or another.</param>
public readonly record struct StepVisit(string Step, double Days, bool IsOver, bool WentNoFurther);

/// <summary>How a step of a playbook fares.</summary>
/// <param name="Came">How often it was given to somebody.</param>
/// <param name="Stopped">Of those, after how many nothing followed, by now.</param>
/// <param name="MedianDays">Until it was done or withdrawn, the open ones counted as long as they were seen; null where that is not known yet.</param>
/// <param name="Here">How many stand here now.</param>
/// <param name="ValueHere">What the open sales that stand here now are worth.</param>
public sealed record StepHeat(string Step, long Came, long Stopped, double? MedianDays, long Here, double ValueHere)
{
    /// <summary>Fewer than this say nothing of a share or a median.</summary>
    public const int Fewest = 30;

    public bool IsTold => Came >= Fewest;

    /// <summary>The share after which nothing followed; null where too few came.</summary>
    public Proportion? Drop => IsTold ? new Proportion(Stopped, Came) : null;

    /// <summary>What of the value here is lost if it goes as it went; null where too few came.</summary>
    public double? ValueAtRisk => Drop is { } drop ? ValueHere * drop.Rate : null;

    /// <param name="visits">Of one playbook; the steps come in the order of their first visit.</param>
    /// <param name="here">By step: how many stand there now, and the value of the open sales among them.</param>
    public static IReadOnlyList<StepHeat> Of(IEnumerable<StepVisit> visits, IReadOnlyDictionary<string, (long Count, double Value)> here)
    {
        ArgumentNullException.ThrowIfNull(visits);
        ArgumentNullException.ThrowIfNull(here);
        var steps = visits.GroupBy(visit => visit.Step, StringComparer.Ordinal).Select(step => (step.Key, Visits: step.ToList())).ToList();
        foreach (var step in here.Keys.Where(key => steps.All(one => one.Key != key)))
            steps.Add((step, []));
        return [.. steps.Select(step => new StepHeat(
            step.Key, step.Visits.Count, step.Visits.Count(visit => visit.WentNoFurther),
            step.Visits.Count >= Fewest ? KaplanMeier.Of([.. step.Visits.Select(visit => (visit.Days, visit.IsOver))]).TimeUntil(0.5) : null,
            here.GetValueOrDefault(step.Key).Count, here.GetValueOrDefault(step.Key).Value))];
    }
}
