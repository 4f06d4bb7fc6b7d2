using Playbook.Sales.Metrics;
using Playbook.Server.Pages.Measures.Charts;

namespace Playbook.Server.Pages.Measures;

/// <summary>Metrics as people read them.</summary>
public static class MetricWords
{
    public static string Value(Metric metric, double? value, string currency)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return value is not { } number ? "–" : metric.Unit switch
        {
            MetricUnit.Share => Figures.Share(number),
            MetricUnit.Minutes => Figures.Time(number / 1440),
            MetricUnit.Days => Figures.Time(number),
            MetricUnit.Money => $"{Figures.Money(number)} {currency}",
            MetricUnit.MoneyPerHour => $"{Figures.Money(number)} {currency}/h",
            MetricUnit.PerThousand => $"{Figures.Number(number)} ‰",
            _ => Figures.Number(number),
        };
    }

    /// <summary>Against the period before: "+12 %", "−3 points".</summary>
    public static string? Change(MetricValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Value is not { } now || value.Before is not { } before)
            return null;
        if (value.Metric.Unit == MetricUnit.Share)
            return Figures.Signed((now - before) * 100, "0.#") + " points";
        return before == 0 ? null : Figures.Signed((now - before) / Math.Abs(before) * 100, "0") + "\u00A0%";
    }

    /// <summary>The colour of a change: what is better is green.</summary>
    public static string ChangeColour(MetricValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Value is not { } now || value.Before is not { } before || now.Equals(before) ? "" : now > before == value.Metric.MoreIsBetter ? "green" : "amber";
    }

    public static string Kind(MetricKind kind) => kind switch { MetricKind.Lead => "lead", MetricKind.Lag => "lag", _ => "guardrail" };

    /// <summary>A phase or a mark as people say it.</summary>
    public static string Name(string mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        var name = mark.StartsWith("phase:", StringComparison.Ordinal) ? mark["phase:".Length..] : mark;
        return name.Length == 0 ? "" : (char.ToUpperInvariant(name[0]) + name[1..]).Replace('-', ' ');
    }
}
