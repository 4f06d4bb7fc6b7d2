namespace Playbook.Sales.Import;

/// <summary>Finds what somebody probably meant.</summary>
public static class Closest
{
    /// <summary>
    /// The one candidate that is a slip of the pen away: one edit in short words, two from eight letters on, none in
    /// digits ("GTK 500" is not a misspelt "GTK 600"). Null where there is none, or two that are equally near.
    /// </summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        var key = NameKey.Of(word);
        if (key.Length < 4)
            return null;
        var digits = Digits(key);
        var limit = key.Length >= 8 ? 2 : 1;
        string? best = null;
        var nearest = limit + 1;
        foreach (var candidate in candidates)
        {
            var other = NameKey.Of(candidate);
            if (Math.Abs(other.Length - key.Length) > limit || Digits(other) != digits)
                continue;
            var distance = Distance(key, other);
            if (distance < nearest)
                (best, nearest) = (candidate, distance);
            else if (distance == nearest)
                best = null;
        }
        return nearest <= limit ? best : null;
    }

    /// <summary>How many letters to insert, leave out, change or swap with their neighbour.</summary>
    public static int Distance(string one, string other)
    {
        var before = new int[other.Length + 1];
        var above = new int[other.Length + 1];
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
            above[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above, row) = (above, row, before);
        }
        return above[other.Length];
    }

    private static string Digits(string key) => string.Concat(key.Where(char.IsDigit));
}
