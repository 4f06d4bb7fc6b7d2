using System.Text.Json.Nodes;

namespace Playbook.Engine.Tests.Definitions;

/// <summary>Spoils a document in one place, as a hand or a bad tool would.</summary>
internal static class Mutation
{
    public static void Spoil(JsonObject document, Random random)
    {
        var places = new List<(JsonNode Parent, object Key)>();
        Walk(document, places);
        var (parent, key) = places[random.Next(places.Count)];
        var value = Strange(random, places);
        switch (parent)
        {
            case JsonObject json when random.Next(4) == 0: json.Remove((string)key); break;
            case JsonObject json when random.Next(8) == 0: json["extra"] = value; break;
            case JsonObject json: json[(string)key] = value; break;
            case JsonArray array when random.Next(4) == 0: array.RemoveAt((int)key); break;
            case JsonArray array when random.Next(4) == 0: array.Add(array[(int)key]?.DeepClone()); break;
            case JsonArray array: array[(int)key] = value; break;
        }
    }

    private static JsonNode? Strange(Random random, List<(JsonNode Parent, object Key)> places) => random.Next(12) switch
    {
        0 => null,
        1 => 7,
        2 => -1.5e300,
        3 => "",
        4 => "Elsa.Flowchart",
        5 => new JsonArray(1, "two", null),
        6 => new JsonObject(),
        7 => true,
        8 => "{{ broken",
        9 => new JsonObject { ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "((" } },
        10 => "workflow:with:colons\u0000",
        _ => places[random.Next(places.Count)] switch
        {
            (JsonObject json, string name) => json[name]?.DeepClone(),
            (JsonArray array, int index) => array[index]?.DeepClone(),
            _ => null,
        },
    };

    private static void Walk(JsonNode node, List<(JsonNode, object)> places)
    {
        if (node is JsonObject json)
            foreach (var (name, value) in json)
            {
                places.Add((json, name));
                if (value is not null)
                    Walk(value, places);
            }

        if (node is not JsonArray array)
            return;
        for (var i = 0; i < array.Count; i++)
        {
            places.Add((array, i));
            if (array[i] is { } item)
                Walk(item, places);
        }
    }
}
