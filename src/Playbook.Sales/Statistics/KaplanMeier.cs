namespace Playbook.Sales.Statistics;

/// <summary>
/// How long something takes, from cases of which some are still open: those count as long as they were seen.
/// Kaplan and Meier, JASA 53 (1958); the variance is Greenwood's.
/// </summary>
public sealed class KaplanMeier
{
    private KaplanMeier(IReadOnlyList<SurvivalStep> steps, int cases)
    {
        Steps = steps;
        Cases = cases;
    }

    /// <summary>A step at each time at which something ended, earliest first.</summary>
    public IReadOnlyList<SurvivalStep> Steps { get; }

    public int Cases { get; }

    /// <param name="cases">How long each was watched (0 or more, in any unit) and whether it ended then; otherwise it is still open.</param>
    public static KaplanMeier Of(IEnumerable<(double Time, bool Ended)> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var sorted = cases.OrderBy(one => one.Time).ToList();
        if (sorted.Exists(one => !(one.Time >= 0)))
            throw new ArgumentException("A case cannot be watched for less than no time; times are 0 or more.", nameof(cases));
        List<SurvivalStep> steps = [];
        var (survival, greenwood) = (1.0, 0.0);
        for (var i = 0; i < sorted.Count;)
        {
            var time = sorted[i].Time;
            var atRisk = sorted.Count - i;
            var ended = 0;
            for (; i < sorted.Count && sorted[i].Time.Equals(time); i++)
                ended += sorted[i].Ended ? 1 : 0;
            if (ended == 0)
                continue;
            survival *= 1 - (double)ended / atRisk;
            greenwood += ended == atRisk ? 0 : (double)ended / ((double)atRisk * (atRisk - ended));
            steps.Add(new SurvivalStep(time, survival, survival * Math.Sqrt(greenwood), atRisk, ended));
        }

        return new KaplanMeier(steps, sorted.Count);
    }

    /// <summary>The share still open after <paramref name="time"/>.</summary>
    public double OpenAfter(double time)
    {
        var share = 1.0;
        foreach (var step in Steps)
        {
            if (step.Time > time)
                break;
            share = step.Open;
        }

        return share;
    }

    /// <summary>The time by which <paramref name="share"/> (such as 0.5 or 0.8) have ended; null where too few have ended to say.</summary>
    public double? TimeUntil(double share)
    {
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1, such as 0.5 for the median.");
        foreach (var step in Steps)
            // A hair of room: 1 - 0.8 is not quite 0.2 to a computer.
            if (step.Open <= 1 - share + 1e-12)
                return step.Time;
        return null;
    }
}

/// <summary>What a curve is from a time on.</summary>
/// <param name="Open">The share still open, from 0 to 1.</param>
/// <param name="StandardError">Of <paramref name="Open"/>.</param>
/// <param name="AtRisk">How many were watched just before.</param>
/// <param name="Ended">How many ended at this time.</param>
public sealed record SurvivalStep(double Time, double Open, double StandardError, int AtRisk, int Ended);
