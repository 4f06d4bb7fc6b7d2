using System.Text.Json.Nodes;

namespace Playbook.Server.Tests.ElsaApi.Trace;

/// <summary>What the recorded server called things, and what ours calls them: learned from one answer after the other.</summary>
internal sealed class RecordedIds
{
    private static readonly HashSet<string> Named = ["id", "createdAt", "workflowInstanceId", "activityInstanceId", "definitionVersionId", "connectionToken", "connectionId"];

    // Which item of ours is meant by one of theirs, where a list has several.
    private static readonly string[] Keys = ["activityNodeId", "activityId", "nodeId", "scheduledActivityNodeId", "eventName", "name", "rel", "href"];

    private readonly Dictionary<string, string> _ours = new(StringComparer.Ordinal);

    public void Learn(string recorded, string ours) => _ours[recorded] = ours;

    public void Learn(JsonNode? recorded, JsonNode? ours)
    {
        switch (recorded, ours)
        {
            case (JsonObject theirs, JsonObject our):
                foreach (var (name, member) in theirs)
                {
                    // Lists of runs come in another order than the recorded ones: what is known already stays.
                    if (Named.Contains(name) && Text(member) is { } id && Text(our[name]) is { } mine)
                        _ours.TryAdd(id, mine);
                    Learn(member, our[name]);
                }

                break;
            case (JsonArray theirs, JsonArray our):
                var left = our.ToList();
                foreach (var item in theirs)
                    if (left.FirstOrDefault(one => Keys.All(key => Text((item as JsonObject)?[key]) == Text((one as JsonObject)?[key]))) is { } match)
                    {
                        left.Remove(match);
                        Learn(item, match);
                    }

                break;
        }
    }

    public string Translate(string text) => _ours.GetValueOrDefault(text, text);

    public JsonNode? Translate(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Select(member => KeyValuePair.Create(member.Key, Translate(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Translate)]),
        _ when Text(node) is { } text => Translate(text),
        _ => node?.DeepClone(),
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
