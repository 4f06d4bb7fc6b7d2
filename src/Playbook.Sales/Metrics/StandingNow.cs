namespace Playbook.Sales.Metrics;

/// <summary>What no event tells, because it is of now.</summary>
/// <param name="GoalLeft">What the nearest goal still lacks; null without a goal.</param>
/// <param name="Load">Hours of open steps ÷ hours of a week, of those who have any; null where nobody has.</param>
/// <param name="OpenSteps">How many steps that load is.</param>
public sealed record StandingNow(double? GoalLeft, double? Load = null, long OpenSteps = 0);
