using Playbook.Sales.Metrics;
using Playbook.Server.Pages.Measures.Charts;

namespace Playbook.Server.Pages.Measures.Heat;

/// <summary>How hot a step looks, the same on our drawing and on the canvas.</summary>
public static class HeatLook
{
    /// <summary>More shades than these nobody tells apart.</summary>
    public const int Levels = 5;

    /// <summary>The shade of something from 0 to 1; null where it is not known.</summary>
    public static int? Level(double? share) => share is not { } known ? null : Math.Clamp((int)Math.Ceiling(known * Levels), known > 0 ? 1 : 0, Levels);

    /// <summary>From 0 to 1: a step that stops one in two is as red as can be; null where too few came.</summary>
    public static double? Stops(StepHeat heat)
    {
        ArgumentNullException.ThrowIfNull(heat);
        return heat.Drop is { } drop ? Math.Min(1, drop.Rate * 2) : null;
    }

    public static string StopWords(StepHeat heat)
    {
        ArgumentNullException.ThrowIfNull(heat);
        return heat.Drop is { } drop ? $"{Figures.Share(drop.Rate)} of {Figures.Number(heat.Came)} stop" : TooFew(heat);
    }

    public static string TooFew(StepHeat heat)
    {
        ArgumentNullException.ThrowIfNull(heat);
        return $"{Figures.Number(heat.Came)} came: too few";
    }
}
