using Playbook.Sales.Statistics;

namespace Playbook.Sales.Metrics;

/// <summary>What sales can be sorted by.</summary>
public enum SalesGroup
{
    /// <summary>The rep that a sale belongs to.</summary>
    Rep,

    Product,

    /// <summary>The quarter in which something happened: begun sales by their first day, won and lost ones by their last.</summary>
    Quarter,
}

/// <summary>What came of the sales of one group.</summary>
/// <param name="Group">The names of the group, one per <see cref="SalesGroup"/> asked for; empty where nobody knows.</param>
/// <param name="Begun">Sales that were begun.</param>
/// <param name="Won">Sales that were won.</param>
/// <param name="Lost">Sales that were lost.</param>
/// <param name="Value">What the won ones brought.</param>
/// <param name="DaysToWin">All days that the won ones took together.</param>
public sealed record SalesFigure(IReadOnlyList<string> Group, long Begun, long Won, long Lost, double Value, double DaysToWin)
{
    public long Closed => Won + Lost;

    /// <summary>Begun, won and lost: all that happened.</summary>
    public long Activity => Begun + Closed;

    /// <summary>Won of those that were closed.</summary>
    public Proportion WinRate => new(Won, Closed);

    /// <summary>What a won sale brought; null where none was won.</summary>
    public double? ValueOfWin => Won == 0 ? null : Value / Won;

    /// <summary>Mean days from the beginning to the win; null where none was won.</summary>
    public double? CycleDays => Won == 0 ? null : DaysToWin / Won;
}

/// <summary>What became of the sales that were begun in one period. Unlike won of closed, it cannot look better because the lost ones take longer.</summary>
/// <param name="Name">The period, such as 2026-Q1.</param>
public sealed record SalesCohort(string Name, long Begun, long Won, long Lost, double Value)
{
    public long Open => Begun - Won - Lost;

    public Proportion WinRate => new(Won, Begun);
}

/// <summary>Customers who bought for the first time in one month, and how many of them had bought again within so many months.</summary>
/// <param name="Month">Such as 2026-03.</param>
public sealed record ClientCohort(string Month, long Clients, long Within1, long Within3, long Within6, long Within12);
