namespace Playbook.Sales.Forecasts;

/// <summary>What somebody promises to win in a period, before it begins.</summary>
public sealed record Commit(string Rep, DateOnly First, DateOnly Last, double Value, DateOnly MadeOn, string By)
{
    public const string Prefix = "results.commit:";

    public string Key => $"{Prefix}{First:yyyy-MM-dd}:{Rep}";
}

/// <summary>A rep's promise beside how good the earlier ones were.</summary>
/// <param name="Now">For the coming period; null where none was made.</param>
/// <param name="Wape">Of the periods that are over: the sum of errors without sign over the sum of outcomes; null before there are enough.</param>
/// <param name="Bias">Above 0 promised too much.</param>
/// <param name="Of">How many periods those were.</param>
public sealed record CommitRecord(string Rep, Commit? Now, double? Wape, double? Bias, int Of)
{
    /// <summary>Fewer promises than this say nothing about somebody.</summary>
    public const int Fewest = 3;

    /// <param name="commits">All that were ever made.</param>
    /// <param name="period">The period that is forecast now.</param>
    /// <param name="today">Promises for what is not over by then are not judged.</param>
    /// <param name="won">What a rep won from one day to another.</param>
    public static IReadOnlyList<CommitRecord> Judge(IEnumerable<Commit> commits, Period period, DateOnly today, Func<string, DateOnly, DateOnly, double> won)
    {
        ArgumentNullException.ThrowIfNull(commits);
        ArgumentNullException.ThrowIfNull(won);
        return [.. commits.GroupBy(commit => commit.Rep, StringComparer.Ordinal).Select(rep =>
        {
            var past = rep.Where(commit => commit.Last < today && commit.MadeOn < commit.First).Select(commit => (Said: commit.Value, Came: won(rep.Key, commit.First, commit.Last))).ToList();
            var came = past.Sum(one => one.Came);
            var isTold = past.Count >= Fewest && came > 0;
            return new CommitRecord(
                rep.Key, rep.FirstOrDefault(commit => commit.First == period.First && commit.Last == period.Last),
                isTold ? past.Sum(one => Math.Abs(one.Said - one.Came)) / came : null, isTold ? past.Sum(one => one.Said - one.Came) / came : null, past.Count);
        }).OrderBy(record => record.Rep, StringComparer.Ordinal)];
    }
}
