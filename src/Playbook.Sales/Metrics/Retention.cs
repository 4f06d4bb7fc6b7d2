using Playbook.Sales.Statistics;

namespace Playbook.Sales.Metrics;

/// <summary>When a client bought for the first time, and when again.</summary>
/// <param name="Rep">Who sold first; empty where nobody knows.</param>
/// <param name="Product">What was bought first; empty where nobody knows.</param>
/// <param name="NextOn">Null as long as they have not.</param>
public sealed record ClientReturn(string Rep, string Product, DateOnly FirstOn, DateOnly? NextOn);

/// <summary>
/// How many clients come back, by the time since their first sale. Clients who are not that old yet count as long as they were seen
/// (Kaplan–Meier), so that the youngest make nothing look worse.
/// </summary>
/// <param name="Again">The share that had bought again within each of <see cref="Months"/>; null where too few were seen for so long.</param>
public sealed record Retention(string Group, int Clients, IReadOnlyList<double?> Again)
{
    /// <summary>Of fewer clients nothing is told.</summary>
    public const int Fewest = 30;

    private const int FewestSeen = 5;
    private const double DaysOfMonth = 365.25 / 12;

    public static IReadOnlyList<int> Months { get; } = [1, 3, 6, 12];

    public static Retention Of(string group, IReadOnlyCollection<ClientReturn> clients, DateOnly today) => new(group, clients.Count, Curve(clients, today, Months));

    /// <summary>The share that had bought again within each of <paramref name="months"/>.</summary>
    public static IReadOnlyList<double?> Curve(IReadOnlyCollection<ClientReturn> clients, DateOnly today, IEnumerable<int> months)
    {
        ArgumentNullException.ThrowIfNull(clients);
        ArgumentNullException.ThrowIfNull(months);
        if (clients.Count < Fewest)
            return [.. months.Select(_ => (double?)null)];
        var curve = KaplanMeier.Of([.. clients.Select(client => ((double)((client.NextOn ?? today).DayNumber - client.FirstOn.DayNumber), client.NextOn is not null))]);
        return [.. months.Select(month => clients.Count(client => today.DayNumber - client.FirstOn.DayNumber >= month * DaysOfMonth) < FewestSeen ? (double?)null : 1 - curve.OpenAfter(month * DaysOfMonth))];
    }
}
