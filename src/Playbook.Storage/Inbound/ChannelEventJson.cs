using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Storage.Inbound;

/// <summary>An event as it stands in the inbox. Members that an older Playbook did not write are missing, and read as not known.</summary>
internal static class ChannelEventJson
{
    public static string Write(ChannelEvent e)
    {
        var json = new JsonObject
        {
            ["kind"] = KindOf(e), ["id"] = e.Id, ["at"] = Time(e.At),
            ["messageKey"] = e.MessageKey, ["providerId"] = e.ProviderId, ["address"] = e.Address, ["matchedBy"] = e.MatchedBy,
        };
        switch (e)
        {
            case ChannelEvent.Replied reply:
                json["text"] = reply.Text;
                json["subject"] = reply.Subject;
                break;
            case ChannelEvent.AutoReplied away:
                json["text"] = away.Text;
                json["returnsAt"] = away.ReturnsAt is { } at ? Time(at) : null;
                break;
            case ChannelEvent.Bounced bounced:
                json["bounce"] = bounced.Kind.ToString();
                json["reason"] = bounced.Reason;
                break;
            case ChannelEvent.Unsubscribed no:
                json["wording"] = no.Wording;
                json["onlyThisChannel"] = no.OnlyThisChannel ? true : null;
                break;
            case ChannelEvent.Failed failed:
                json["reason"] = failed.Reason;
                break;
            case ChannelEvent.Answered answered:
                json["answer"] = answered.Answer;
                json["data"] = JsonSerializer.SerializeToNode(answered.Data);
                break;
        }

        foreach (var empty in json.Where(member => member.Value is null).Select(member => member.Key).ToList())
            json.Remove(empty);
        return json.ToJsonString();
    }

    /// <summary>Throws <see cref="JsonException"/> where it is none.</summary>
    public static ChannelEvent Read(string text)
    {
        var json = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("An event is an object.");
        var id = Text(json, "id") ?? "";
        var at = Moment(json, "at") ?? default;
        ChannelEvent read = Text(json, "kind") switch
        {
            nameof(ChannelEvent.Replied) => new ChannelEvent.Replied(id, at, Text(json, "text") ?? "") { Subject = Text(json, "subject") },
            nameof(ChannelEvent.AutoReplied) => new ChannelEvent.AutoReplied(id, at, Text(json, "text") ?? "", Moment(json, "returnsAt")),
            nameof(ChannelEvent.Bounced) => new ChannelEvent.Bounced(id, at, Enum.TryParse<BounceKind>(Text(json, "bounce"), out var kind) ? kind : BounceKind.Soft, Text(json, "reason") ?? ""),
            nameof(ChannelEvent.Complained) => new ChannelEvent.Complained(id, at),
            nameof(ChannelEvent.Unsubscribed) => new ChannelEvent.Unsubscribed(id, at, Text(json, "wording") ?? "") { OnlyThisChannel = json["onlyThisChannel"]?.GetValue<bool>() ?? false },
            nameof(ChannelEvent.Delivered) => new ChannelEvent.Delivered(id, at),
            nameof(ChannelEvent.Failed) => new ChannelEvent.Failed(id, at, Text(json, "reason") ?? ""),
            nameof(ChannelEvent.Answered) => new ChannelEvent.Answered(id, at, Text(json, "answer") ?? "") { Data = Data(json) },
            var other => throw new JsonException($"Nobody knows the event '{other}'."),
        };
        return read with { MessageKey = Text(json, "messageKey"), ProviderId = Text(json, "providerId"), Address = Text(json, "address"), MatchedBy = Text(json, "matchedBy") };
    }

    public static string KindOf(ChannelEvent e) => e.GetType().Name;

    public static string? DetailOf(ChannelEvent e) => e switch
    {
        ChannelEvent.Bounced { Kind: BounceKind.Hard } => "hard",
        ChannelEvent.Bounced { Kind: BounceKind.Soft } => "soft",
        ChannelEvent.Bounced => "policy",
        ChannelEvent.Answered answered => answered.Answer,
        _ => null,
    };

    private static Dictionary<string, object?> Data(JsonObject json) =>
        json["data"] is { } data && RunValues.FromJson(JsonSerializer.SerializeToElement(data)) is Dictionary<string, object?> read ? read : [];

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(JsonObject json, string name) =>
        Text(json, name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string? Text(JsonObject json, string name) => (string?)json[name];
}
