using Playbook.Sales.Metrics;
using Playbook.Server.Pages.Measures;
using Playbook.Server.Pages.Measures.Heat;

namespace Playbook.Server.Pages.Designer.DropOff;

/// <summary>How a step is shown on the canvas.</summary>
/// <param name="Level">From 0 to 5; null for no colour.</param>
/// <param name="Words">Below the step.</param>
public sealed record StepColour(int? Level, string Words);

/// <summary>Where a playbook loses people, for its canvas.</summary>
public sealed class DropOffShelf(ResultsDesk desk, TimeProvider clock)
{
    public const int Weeks = 12;

    /// <summary>By step; steps that go by themselves, and those that nobody came to, are left out.</summary>
    public async Task<IReadOnlyDictionary<string, StepColour>> Of(string definitionId)
    {
        await desk.Refresh();
        var first = desk.Period(Weeks).First.ToDateTime(TimeOnly.MinValue);
        var heat = await Task.Run(() => desk.Metrics.Heat.Of(definitionId, new DateTimeOffset(first, clock.LocalTimeZone.GetUtcOffset(first)), desk.Now));
        return heat.ToDictionary(step => step.Step, step => new StepColour(HeatLook.Level(HeatLook.Stops(step)), HeatLook.StopWords(step)), StringComparer.Ordinal);
    }
}
