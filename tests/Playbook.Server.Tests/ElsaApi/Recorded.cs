using System.Text.Json.Nodes;

namespace Playbook.Server.Tests.ElsaApi;

/// <summary>Answers recorded from a real Elsa server, beside the repository. They are not shipped: without them, their tests are skipped.</summary>
internal static class Recorded
{
    public static JsonNode Response(string name) => JsonNode.Parse(File($"responses/{name}"))!["response"]!;

    /// <summary>The text of any recorded file.</summary>
    public static string File(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Exists(Path.Combine(folder.FullName, "Playbook.sln"))
                && Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "elsa", name)) is var path && System.IO.File.Exists(path))
                return System.IO.File.ReadAllText(path);
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), $"shared/elsa/{name} is not beside the repository.");
        throw new FileNotFoundException($"CI is set, but shared/elsa/{name} is not beside the repository.");
    }

    /// <summary>
    /// Every member that the recording has, by its path and kind, is there; <paramref name="free"/> names members whose
    /// content is each activity's own. Of lists, any item may have it.
    /// </summary>
    public static void HasShapeOf(JsonNode recorded, JsonNode? actual, params IReadOnlyCollection<string> free)
    {
        var missing = Missing(recorded, actual, free).ToList();
        Assert.True(missing.Count == 0, $"Missing: {string.Join(", ", missing)} in {actual?.ToJsonString()}");
    }

    /// <summary>What the recording has and the other lacks, by path and kind.</summary>
    public static IEnumerable<string> Missing(JsonNode recorded, JsonNode? actual, params IReadOnlyCollection<string> free) =>
        Shape(recorded, "$", free).Except(Shape(actual, "$", free)).Order(StringComparer.Ordinal);

    private static HashSet<string> Shape(JsonNode? node, string path, IReadOnlyCollection<string> free)
    {
        var shape = new HashSet<string> { $"{path} {Kind(node)}" };
        switch (node)
        {
            case JsonObject json:
                foreach (var (name, member) in json)
                    if (free.Contains(name))
                        shape.Add($"{path}.{name} {Kind(member)}");
                    else
                        shape.UnionWith(Shape(member, $"{path}.{name}", free));
                break;
            case JsonArray list:
                foreach (var item in list)
                    shape.UnionWith(Shape(item, path + "[]", free));
                break;
        }

        return shape;
    }

    private static string Kind(JsonNode? node) => node switch
    {
        JsonObject => "object",
        JsonArray => "list",
        JsonValue value when value.TryGetValue<string>(out var text) => DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) && text.Contains('T', StringComparison.Ordinal) ? "time" : "text",
        JsonValue value => value.GetValueKind() is System.Text.Json.JsonValueKind.Number ? "number" : "flag",
        _ => "null",
    };
}
