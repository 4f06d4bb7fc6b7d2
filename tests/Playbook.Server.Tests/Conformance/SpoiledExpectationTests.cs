using System.Text.Json.Nodes;
using Playbook.Server.Commands.Conformance;

namespace Playbook.Server.Tests.Conformance;

/// <summary>Whatever is compared must be able to make a case fail, in cases that differ by design as well.</summary>
public sealed class SpoiledExpectationTests
{
    private static readonly Dictionary<string, Action<JsonObject>> Spoils = new()
    {
        ["an event is of another activity"] = e => Event(e, 1)["activityId"] = "nobody",
        ["an event is of another type"] = e => Event(e, 1)["type"] = "Elsa.Nothing",
        ["an event is of another kind"] = e => Event(e, 1)["event"] = "Suspended",
        ["an outcome is another"] = e => Completed(e)["outcomes"] = new JsonArray("Elsewhere"),
        ["an event is missing"] = e => Events(e).RemoveAt(1),
        ["an event is there twice"] = e => Events(e).Insert(1, Event(e, 1).DeepClone()),
        ["the last event is unknown"] = e => Event(e, Events(e).Count - 1)["activityId"] = "nobody",
        ["a line is another"] = e => List(e, "lines")[0] = "spoiled",
        ["a line is missing"] = e => List(e, "lines").RemoveAt(0),
        ["a line is too many"] = e => List(e, "lines").Add("spoiled"),
        ["the status is another"] = e => e["status"] = "Spoiled",
        ["the sub-status is another"] = e => e["subStatus"] = "Spoiled",
        // The second one is written by no defect and no C# in any of the cases; the first and the last are.
        ["a variable is another"] = e => Members(e, "variables")[Members(e, "variables").ElementAt(1).Key] = "spoiled",
        ["a variable is too many"] = e => Members(e, "variables")["Spoiled"] = 1,
        ["a variable is missing"] = e => Members(e, "variables").Remove(Members(e, "variables").First().Key),
        ["an output is too many"] = e => Members(e, "output")["Spoiled"] = 1,
        ["an output is another"] = e => Members(e, "output")[Members(e, "output").First().Key] = "spoiled",
        ["an incident is at another activity"] = e => List(e, "incidents")[0]!["activityId"] = "nobody",
        ["an incident is missing"] = e => List(e, "incidents").RemoveAt(0),
        ["an incident is too many"] = e => List(e, "incidents").Add(new JsonObject { ["activityId"] = "root", ["message"] = "spoiled" }),
        ["the name is another"] = e => e["name"] = "spoiled",
        ["the correlation id is another"] = e => e["correlationId"] = "spoiled",
        ["a bookmark is left"] = e => (e["bookmarksLeft"] as JsonArray ?? (JsonArray)(e["bookmarksLeft"] = new JsonArray())).Add("nobody"),
        ["a bookmark is not left"] = e => List(e, "bookmarksLeft").RemoveAt(List(e, "bookmarksLeft").Count - 1),
        ["it waited after other events"] = e => First(e)["afterEvents"] = First(e)["afterEvents"]!.GetValue<int>() + 1,
        ["it waited after other lines"] = e => First(e)["afterLines"] = First(e)["afterLines"]!.GetValue<int>() + 1,
        ["it waited with another status"] = e => First(e)["status"] = "Finished",
        ["it waited with another sub-status"] = e => First(e)["subStatus"] = "Executing",
        ["it waited for another activity"] = e => List(First(e), "bookmarks")[0]!["activityId"] = "nobody",
        ["it waited for another kind"] = e => List(First(e), "bookmarks")[0]!["name"] = "Elsa.Nothing",
        ["it waited for more"] = e => List(First(e), "bookmarks").Add(new JsonObject { ["name"] = "Elsa.Event", ["activityId"] = "nobody" }),
        ["it waited for two in another order"] = Swap,
        ["it waited once more"] = e => List(e, "suspensions").Add(First(e).DeepClone()),
        ["it waited once less"] = e => List(e, "suspensions").RemoveAt(List(e, "suspensions").Count - 1),
        ["the import should fail"] = e =>
        {
            if (!e.TryAdd("importError", "spoiled"))
                throw new ArgumentOutOfRangeException(nameof(e));
        },
        ["the import should not fail"] = e =>
        {
            if (!e.Remove("importError"))
                throw new ArgumentOutOfRangeException(nameof(e));
        },
    };

    public static TheoryData<string> Kinds => [.. Spoils.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_spoiled_expectation_makes_a_case_fail(string kind)
    {
        var tried = 0;
        foreach (var @case in Traces.AllOrSkip().Where((c, i) => IsDesigned(c) || i % 7 == 0 || c.Expected.Count > 8 || c.Expected["importError"] is not null))
        {
            var expected = (JsonObject)@case.Expected.DeepClone();
            if (!Spoil(kind, expected))
                continue;
            tried++;

            var result = await ConformanceTrial.Judge(@case with { Expected = expected }, TestContext.Current.CancellationToken);

            Assert.True(result.Verdict == Verdict.Failed, $"{@case.Name} ({string.Join(", ", @case.Labels)}): {result}");
        }

        Assert.True(tried > 0);
    }

    private static bool IsDesigned(ConformanceCase @case) =>
        @case.Labels.Any(l => l.StartsWith("quirk-", StringComparison.Ordinal) || l is "variable-not-persisted" or "expr-csharp");

    private static bool Spoil(string kind, JsonObject expected)
    {
        try
        {
            Spoils[kind](expected);
            return true;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException or NullReferenceException)
        {
            // The case has nothing of that kind to spoil.
            return false;
        }
    }

    private static void Swap(JsonObject expected)
    {
        var bookmarks = List(expected, "suspensions").Select(s => (JsonArray)s!["bookmarks"]!).First(b => b.Count > 1 && !JsonNode.DeepEquals(b[0], b[1]));
        var first = bookmarks[0]!;
        bookmarks.RemoveAt(0);
        bookmarks.Add(first);
    }

    private static JsonArray Events(JsonObject expected) => List(expected, "events");

    private static JsonNode Event(JsonObject expected, int at) => Events(expected)[at]!;

    private static JsonNode Completed(JsonObject expected) => Events(expected).First(e => e!["event"]!.ToString() == "Completed")!;

    private static JsonObject First(JsonObject expected) => (JsonObject)List(expected, "suspensions")[0]!;

    private static JsonArray List(JsonObject expected, string name) => (JsonArray)(expected[name] ?? throw new ArgumentOutOfRangeException(nameof(name)));

    private static JsonObject Members(JsonObject expected, string name) => (JsonObject)(expected[name] ?? throw new ArgumentOutOfRangeException(nameof(name)));
}
