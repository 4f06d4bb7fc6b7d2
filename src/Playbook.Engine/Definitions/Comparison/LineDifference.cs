namespace Playbook.Engine.Definitions.Comparison;

/// <summary>What became of a line.</summary>
public enum LineChange
{
    Same,
    Added,
    Removed,
}

public readonly record struct DifferentLine(LineChange Change, string Text);

/// <summary>Compares two texts line by line.</summary>
public static class LineDifference
{
    /// <summary>Longer texts are told as wholly replaced between their common beginning and end: no one reads such a comparison line by line.</summary>
    private const int MostLines = 4000;

    /// <summary>All lines of both, in order, those that stay once.</summary>
    public static IReadOnlyList<DifferentLine> Compare(string before, string after)
    {
        var old = Lines(before);
        var @new = Lines(after);
        var head = 0;
        while (head < old.Length && head < @new.Length && old[head] == @new[head])
            head++;
        var tail = 0;
        while (tail < old.Length - head && tail < @new.Length - head && old[^(tail + 1)] == @new[^(tail + 1)])
            tail++;
        var all = new List<DifferentLine>(old.Length + @new.Length);
        all.AddRange(old.Take(head).Select(line => new DifferentLine(LineChange.Same, line)));
        Middle(old[head..^tail], @new[head..^tail], all);
        all.AddRange(old.Skip(old.Length - tail).Select(line => new DifferentLine(LineChange.Same, line)));
        return all;
    }

    private static void Middle(string[] old, string[] @new, List<DifferentLine> all)
    {
        if (old.Length > MostLines || @new.Length > MostLines)
        {
            all.AddRange(old.Select(line => new DifferentLine(LineChange.Removed, line)));
            all.AddRange(@new.Select(line => new DifferentLine(LineChange.Added, line)));
            return;
        }

        // How many lines the rests have in common, from each pair of lines on.
        var common = new int[old.Length + 1, @new.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = @new.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == @new[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var (at, to) = (0, 0);
        while (at < old.Length || to < @new.Length)
        {
            if (at < old.Length && to < @new.Length && old[at] == @new[to])
            {
                all.Add(new(LineChange.Same, old[at++]));
                to++;
            }
            else if (at < old.Length && (to == @new.Length || common[at + 1, to] >= common[at, to + 1]))
            {
                all.Add(new(LineChange.Removed, old[at++]));
            }
            else
            {
                all.Add(new(LineChange.Added, @new[to++]));
            }
        }
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
