namespace Playbook.House.Code;

public sealed class CircleTests
{
    /// <summary>Circles that are there and are still to be cut, word for word. The list may only become shorter.</summary>
    private static readonly string[] StillToBeCut = [];

    private const string Cure = "move what both need into a file of its own, or turn one of the references round.";

    [Fact]
    public void No_two_files_of_src_use_each_other_however_far_round() =>
        Rule.Holds(CheckFiles(SourceReferences.All).Where(finding => !StillToBeCut.Contains(finding.Cause)));

    [Fact]
    public void A_circle_that_was_cut_is_struck_from_the_list() =>
        Rule.Holds(CheckList(StillToBeCut, CheckFiles(SourceReferences.All)));

    [Fact]
    public void A_circle_that_stays_on_the_list_is_found() =>
        Rule.GoesRed(CheckList(["a → b → a is a circle.", "c → d → c is a circle."], [new("a", "a → b → a is a circle.", "x")]), "CircleTests.cs", "c → d → c");

    [Fact]
    public void No_two_folders_of_the_engine_use_each_other_however_far_round() => Rule.Holds(CheckFolders(SourceReferences.All));

    [Fact]
    public void A_circle_of_three_files_is_found_once() => Rule.GoesRed(
        CheckFiles([new("a.cs", "b.cs", "B"), new("b.cs", "c.cs", "C"), new("c.cs", "a.cs", "A"), new("c.cs", "d.cs", "D"), new("x.cs", "a.cs", "A")]),
        "a.cs",
        "a.cs → b.cs (B) → c.cs (C) → a.cs (A)");

    [Fact]
    public void A_circle_of_folders_is_found_though_no_file_stands_in_one() => Rule.GoesRed(
        CheckFolders(
        [
            new("src/Playbook.Engine/A/One.cs", "src/Playbook.Engine/B/One.cs", "B1"),
            new("src/Playbook.Engine/B/Two.cs", "src/Playbook.Engine/A/Two.cs", "A2"),
        ]),
        "src/Playbook.Engine/A",
        "src/Playbook.Engine/A → src/Playbook.Engine/B (B1) → src/Playbook.Engine/A (A2)");

    [Fact]
    public void References_are_read_from_code_and_not_from_comments()
    {
        var references = SourceReferences.Between(
        [
            [
                new("A.cs", "namespace N; /// <see cref=\"B\"/>\npublic class A { public static int One => 1; }"),
                new("B.cs", "namespace N; public class B { public int Two => A.One; }"),
            ],
            [new("C.cs", "namespace M; class C(N.B b) { int Three => b.Two; List<int> Four() => new(); (int X, N.B Y) Five() => (b.Two, b); int Six => Five().X; }")],
        ]);

        Assert.Equal([new("B.cs", "A.cs", "N.A"), new("C.cs", "B.cs", "N.B")], references.OrderBy(reference => reference.From, StringComparer.Ordinal));
    }

    [Fact]
    public void The_files_of_src_are_understood() // a scan that understands nothing would find no circle either
    {
        Assert.Contains(SourceReferences.All, reference => reference is { From: "src/Playbook.Engine/Runs/IRunStore.cs", Type: "Playbook.Engine.Runs.RunState" });
        Assert.Contains(SourceReferences.All, reference => reference is { From: "src/Playbook.Engine/Runs/RunState.cs", Type: "Playbook.Abstractions.Subject" });
    }

    private static IEnumerable<Finding> CheckFiles(IEnumerable<SourceReference> references) => Circles(references);

    private static IEnumerable<Finding> CheckList(IEnumerable<string> list, IEnumerable<Finding> circles) =>
        from circle in list.Except(circles.Select(finding => finding.Cause))
        select new Finding("CircleTests.cs", $"it still lists as one to be cut: {circle}", "strike it from the list.");

    private static IEnumerable<Finding> CheckFolders(IEnumerable<SourceReference> references) => Circles(
        from reference in references
        where reference.From.StartsWith("src/Playbook.Engine/", StringComparison.Ordinal) && reference.To.StartsWith("src/Playbook.Engine/", StringComparison.Ordinal)
        let step = reference with { From = FolderOf(reference.From), To = FolderOf(reference.To) }
        where step.From != step.To
        // Activities know a run's state, and the engine, which stands beside that state, knows the activities.
        where step is not { From: "src/Playbook.Engine/Runs", To: "src/Playbook.Engine/Activities" }
        select step);

    private static string FolderOf(string file) => string.Join('/', file.Split('/').SkipLast(1).Take(3));

    /// <summary>For each knot of files that can all reach each other, the shortest circle through its first file that is in one.</summary>
    private static IEnumerable<Finding> Circles(IEnumerable<SourceReference> references)
    {
        var next = references.GroupBy(reference => reference.From, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.DistinctBy(reference => reference.To).OrderBy(reference => reference.To, StringComparer.Ordinal).ToList());
        var told = new HashSet<string>();
        foreach (var start in next.Keys.Order(StringComparer.Ordinal))
        {
            if (told.Contains(start) || ShortestCircle(start, next) is not { } circle)
                continue;
            var knot = Reach(start, next).Where(file => Reach(file, next).Contains(start)).Order(StringComparer.Ordinal).ToList();
            told.UnionWith(knot);
            var way = start + string.Concat(circle.Select(step => $" → {step.To} ({step.Type.Split('.')[^1]})"));
            var whole = knot.Count > circle.Count ? $" in a knot of {knot.Count} ({string.Join(", ", knot.Select(file => file.Split('/')[^1]))})" : "";
            yield return new Finding(start, $"{way} is a circle{whole}.", Cure);
        }
    }

    private static List<SourceReference>? ShortestCircle(string start, Dictionary<string, List<SourceReference>> next)
    {
        var cameBy = new Dictionary<string, SourceReference>();
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var file))
        {
            foreach (var step in next.GetValueOrDefault(file, []))
            {
                if (!cameBy.TryAdd(step.To, step))
                    continue;
                if (step.To != start)
                {
                    queue.Enqueue(step.To);
                    continue;
                }

                var circle = new List<SourceReference> { step };
                while (circle[0].From != start)
                    circle.Insert(0, cameBy[circle[0].From]);
                return circle;
            }
        }

        return null;
    }

    private static HashSet<string> Reach(string start, Dictionary<string, List<SourceReference>> next)
    {
        var reached = new HashSet<string>();
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var file))
            foreach (var step in next.GetValueOrDefault(file, []))
                if (reached.Add(step.To))
                    queue.Enqueue(step.To);
        return reached;
    }
}
