namespace Playbook.Sales.Metrics;

/// <summary>What work costs: an estimate that the operator sets, since nobody clocks in for a step.</summary>
public sealed record CostModel
{
    public string Currency { get; init; } = "€";

    /// <summary>Of a role without a rate of its own.</summary>
    public double HourRate { get; init; } = 45;

    public IReadOnlyDictionary<string, double> HourRates { get; init; } = new Dictionary<string, double>();

    /// <summary>Of a step on a channel that has no minutes of its own, and of one without a channel.</summary>
    public double Minutes { get; init; } = 15;

    public IReadOnlyDictionary<string, double> MinutesByChannel { get; init; } = new Dictionary<string, double> { ["phone"] = 10, ["email"] = 6, ["letter"] = 6, ["social"] = 4, ["sms"] = 4, ["calendar"] = 40 };

    /// <summary>What one touch costs besides the hours.</summary>
    public IReadOnlyDictionary<string, double> PriceByChannel { get; init; } = new Dictionary<string, double> { ["phone"] = 0.1, ["email"] = 0.002, ["letter"] = 1.6, ["sms"] = 0.06 };

    public double ToolsPerMonth { get; init; } = 200;

    public double OverheadPerMonth { get; init; }

    /// <summary>What is left of a sale's value, from 0 to 1.</summary>
    public double Margin { get; init; } = 0.6;

    /// <summary>Hours of <paramref name="tasks"/> tasks.</summary>
    public double Hours(string channel, long tasks) => tasks * MinutesByChannel.GetValueOrDefault(channel, Minutes) / 60;

    public double RateOf(string role) => HourRates.GetValueOrDefault(role, HourRate);

    /// <summary>Of so many days, as shares of a month.</summary>
    public double Standing(int days) => (ToolsPerMonth + OverheadPerMonth) * days / 30.4375;
}

/// <summary>Where hours and money went.</summary>
/// <param name="Name">The phase, the rep, the step …</param>
public sealed record Effort(string Name, long Tasks, double Hours, double Cost);
