using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Server.Tests.Fuzz;

/// <summary>JSON that nobody expects: made up, or a good document with something wrong in it.</summary>
internal sealed class RandomJson(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "x", "null", "true", "-1", "0", "1e400", "2026-02-30", "9999-12-31T23:59:59.9999999Z", "../../etc/passwd", "a/b\\c", "NaN", "'; DROP TABLE Runs; --",
        "{{ 1 / 0 }}", "while(true){}", "\u0000", "\ud83d\ude00 æøå", "Elsa.Flowchart", "Playbook.GuidedStep", "Elsa.NotFoundActivity", "Latest", "\u202e", new('a', 3000), new('9', 400),
    ];

    public string Text() => Texts[random.Next(Texts.Length)];

    public JsonNode? Value(int depth = 3) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 4),
        3 => random.NextDouble() * 1e18,
        4 or 5 => Text(),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1))]),
        7 => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create($"{(random.Next(3) == 0 ? Text() : "id")}{i}", Value(depth - 1)))),
        _ => Deep(random.Next(2, 40)),
    };

    /// <summary>A copy with one to three places changed, taken out or doubled.</summary>
    public string Spoil(JsonNode good)
    {
        var copy = good.DeepClone();
        for (var i = random.Next(1, 4); i > 0; i--)
            copy = SpoilOnce(copy) ?? copy;
        var text = copy.ToJsonString();
        return random.Next(12) switch
        {
            0 => text[..random.Next(text.Length + 1)],
            1 => text.Insert(random.Next(text.Length + 1), "\""),
            2 => text.Replace("\"id\"", "\"Id\"", StringComparison.Ordinal),
            _ => text,
        };
    }

    private JsonNode? SpoilOnce(JsonNode root)
    {
        var places = new List<JsonNode>();
        Collect(root, places);
        var place = places[random.Next(places.Count)];
        switch (place.Parent)
        {
            case null:
                return Value();
            case JsonObject owner:
                var name = owner.First(member => ReferenceEquals(member.Value, place)).Key;
                if (random.Next(4) == 0)
                    owner.Remove(name);
                else
                    owner[name] = Value();
                return root;
            case JsonArray list:
                var index = list.IndexOf(place);
                if (random.Next(3) == 0)
                    list.Add(place.DeepClone());
                else
                    list[index] = Value();
                return root;
            default:
                return root;
        }
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        places.Add(node);
        IEnumerable<JsonNode?> below = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var one in below)
            if (one is not null)
                Collect(one, places);
    }

    private static JsonNode Deep(int levels)
    {
        JsonNode node = new JsonObject();
        for (var i = 0; i < levels; i++)
            node = i % 2 == 0 ? new JsonArray(node) : new JsonObject { ["root"] = node };
        return node;
    }
}
