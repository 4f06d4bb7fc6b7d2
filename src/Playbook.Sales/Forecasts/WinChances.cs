namespace Playbook.Sales.Forecasts;

/// <summary>
/// How deals end as they grow older, learned from a book: for each week of age, the chance to be won or lost in that week of
/// those still open (competing risks; open deals count as long as they were seen).
/// </summary>
internal sealed class WinChances
{
    private const int Weeks = 104;

    // Beyond the oldest deals seen, the last weeks with enough of them speak.
    private const int Enough = 20;

    private readonly double[] _win = new double[Weeks];
    private readonly double[] _lose = new double[Weeks];
    private readonly double[] _wonBy = new double[Weeks + 1];

    private WinChances(double[] atRisk, double[] won, double[] lost)
    {
        var (lastWin, lastLose) = (0.0, 0.0);
        var open = 1.0;
        for (var week = 0; week < Weeks; week++)
        {
            if (atRisk[week] >= Enough)
                (lastWin, lastLose) = (won[week] / atRisk[week], lost[week] / atRisk[week]);
            (_win[week], _lose[week]) = (lastWin, lastLose);
            _wonBy[week + 1] = _wonBy[week] + open * lastWin;
            open *= Math.Max(0, 1 - lastWin - lastLose);
        }
    }

    public static WinChances Learn(DealBook book)
    {
        var (atRisk, won, lost) = (new double[Weeks], new double[Weeks], new double[Weeks]);
        foreach (var deal in book.Deals)
        {
            var days = (deal.ClosedOn ?? book.Today).DayNumber - deal.EngagedOn.DayNumber;
            var last = Math.Min(days / 7, Weeks - 1);
            for (var week = 0; week < last; week++)
                atRisk[week]++;
            // An open deal has been at risk for a part of its week only.
            atRisk[last] += deal.ClosedOn is null ? days % 7 / 7.0 : 1;
            if (deal.ClosedOn is not null)
                (deal.IsWon ? won : lost)[last]++;
        }

        return new WinChances(atRisk, won, lost);
    }

    /// <summary>The chance that a deal, open at <paramref name="age"/> days, is won within the next <paramref name="days"/>.</summary>
    public double WinWithin(int age, int days)
    {
        var (open, chance) = (1.0, 0.0);
        for (var left = days; left > 0;)
        {
            var week = Math.Min(age / 7, Weeks - 1);
            var span = Math.Min(left, 7 - age % 7);
            var (win, lose) = (_win[week] * span / 7, _lose[week] * span / 7);
            chance += open * win;
            open *= Math.Max(0, 1 - win - lose);
            age += span;
            left -= span;
        }

        return chance;
    }

    /// <summary>The share of all deals that are won by the age of <paramref name="days"/>.</summary>
    public double WonBy(double days)
    {
        var weeks = Math.Clamp(days / 7, 0, Weeks);
        var whole = Math.Min((int)weeks, Weeks - 1);
        return _wonBy[whole] + (weeks - whole) * (_wonBy[whole + 1] - _wonBy[whole]);
    }
}
