namespace Playbook.Sales.Metrics;

public enum MetricKind
{
    /// <summary>What we do: it can be changed this week.</summary>
    Lead,

    /// <summary>What came of it.</summary>
    Lag,

    /// <summary>What must not get worse meanwhile.</summary>
    Guardrail,
}

public enum MetricUnit
{
    Number,
    Share,
    Minutes,
    Days,
    Money,
    MoneyPerHour,

    /// <summary>Of a thousand.</summary>
    PerThousand,
}

/// <summary>One thing that is measured.</summary>
/// <param name="Key">Its name in addresses and files.</param>
/// <param name="Formula">In words, exact enough to do it by hand.</param>
/// <param name="Owner">The role that can change it.</param>
/// <param name="MoreIsBetter">False where less is.</param>
public sealed record Metric(string Key, string Name, string Formula, MetricKind Kind, MetricUnit Unit, string Owner, bool MoreIsBetter)
{
    public const string CountedWhenOpened = "counted when the page is opened";

    /// <summary>What to reach where nobody has set a goal of their own; null where that differs from company to company.</summary>
    public double? Target { get; init; }

    /// <summary>How old the figure can be.</summary>
    public string Freshness { get; init; } = CountedWhenOpened;

    /// <summary>Why it cannot be told yet; null where it can.</summary>
    public string? Missing { get; init; }
}

/// <summary>What a metric was in a period.</summary>
/// <param name="Value">Null where there was too little to say.</param>
/// <param name="Before">The same in the period of the same length before.</param>
/// <param name="Of">How many cases it rests on.</param>
public sealed record MetricValue(Metric Metric, double? Value, double? Before, long Of)
{
    /// <summary>Whether it reaches its target; null where there is none or no value.</summary>
    public bool? IsOnTarget => Value is { } value && Metric.Target is { } target ? (Metric.MoreIsBetter ? value >= target : value <= target) : null;
}
