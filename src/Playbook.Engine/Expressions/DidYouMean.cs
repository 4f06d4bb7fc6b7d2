namespace Playbook.Engine.Expressions;

/// <summary>Finds the name that was probably meant.</summary>
public static class DidYouMean
{
    /// <summary>The closest candidate within a third of the name's length in edits, case ignored (at most three; none for names of one or two letters); null for none.</summary>
    public static string? Suggest(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        var limit = name.Length < 3 ? 0 : Math.Clamp((name.Length + 1) / 3, 1, 3);
        string? best = null;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > limit || candidate == name)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            if (distance <= limit && (best is null || distance < limit || string.CompareOrdinal(candidate, best) < 0))
            {
                limit = distance;
                best = candidate;
            }
        }

        return best;
    }

    /// <summary><c>; did you mean 'x'?</c>, or a full stop where nothing is close.</summary>
    internal static string Hint(string name, IEnumerable<string> candidates) =>
        Suggest(name, candidates) is { } suggestion ? $"; did you mean '{suggestion}'?" : ".";

    // Optimal string alignment (a swap of neighbours is one edit), case ignored.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var cost = Equal(a[i - 1], b[j - 1]) ? 0 : 1;
                var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && Equal(a[i - 1], b[j - 2]) && Equal(a[i - 2], b[j - 1]))
                {
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                }

                rows[i, j] = best;
            }
        }

        return rows[a.Length, b.Length];
    }

    private static bool Equal(char x, char y) => char.ToUpperInvariant(x) == char.ToUpperInvariant(y);
}
