namespace Playbook.Sales.Scenarios;

/// <summary>The words that a scenario is written with.</summary>
public static class ScenarioWords
{
    /// <summary>What can happen, the value of <c>do</c>.</summary>
    public static IReadOnlyList<string> Steps { get; } = ["complete", "wait", "reply", "signal", "delivered", "bounced", "rejected", "answer", "end", .. IncomingSteps.Words];

    /// <summary>What can be expected, the members under <c>then</c>.</summary>
    public static IReadOnlyList<string> Expectations { get; } = ["task", "noTask", "sent", "notSent", "phase", "started", "status", "variable"];

    /// <summary>What can be given.</summary>
    public static IReadOnlyList<string> Given { get; } = ["contact", "account", "opportunity", "rep", "input", "now"];
}
