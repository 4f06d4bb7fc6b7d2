using System.Globalization;
using System.Text.Json;
using Playbook.Abstractions;

namespace Playbook.Webhook;

/// <summary>What another system tells us, as events; README.md lists the types.</summary>
internal static class WebhookInbound
{
    private static readonly string[] Types = ["answered", "autoReplied", "bounced", "complained", "delivered", "failed", "replied", "unsubscribed"];

    public static InboundAnswer Read(InboundRequest request, IReadOnlyList<byte[]> keys, DateTimeOffset now)
    {
        if (!request.Method.Equals("POST", StringComparison.OrdinalIgnoreCase))
            return Wrong(405, "Send events by POST.");
        var id = Header(request, WebhookSignature.IdHeader);
        if (keys.Count == 0 || !WebhookSignature.Holds(keys, id, Header(request, WebhookSignature.TimeHeader), Header(request, WebhookSignature.SignatureHeader), request.Body.Span, now))
            return InboundAnswer.NotSigned;
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return Event(new Reading(document.RootElement, id, now));
        }
        catch (JsonException fault)
        {
            return Wrong(400, $"The body is no JSON: {fault.Message}");
        }
    }

    private static InboundAnswer Event(Reading reading)
    {
        var (id, at) = (reading.Id, reading.At);
        ChannelEvent? read;
        switch (reading.Type)
        {
            case "replied" when reading["text"] is { } text:
                read = new ChannelEvent.Replied(id, at, text) { Subject = reading["subject"] };
                break;
            case "autoReplied":
                read = new ChannelEvent.AutoReplied(id, at, reading["text"] ?? "", reading.Time("returnsAt"));
                break;
            case "delivered":
                read = new ChannelEvent.Delivered(id, at);
                break;
            case "bounced" when Kind(reading["kind"]) is { } kind:
                read = new ChannelEvent.Bounced(id, at, kind, reading["reason"] ?? "No reason was given.");
                break;
            case "failed":
                read = new ChannelEvent.Failed(id, at, reading["reason"] ?? "No reason was given.");
                break;
            case "complained":
                read = new ChannelEvent.Complained(id, at);
                break;
            case "unsubscribed":
                read = new ChannelEvent.Unsubscribed(id, at, reading["wording"] ?? "");
                break;
            case "answered" when reading["answer"] is { } answer:
                read = new ChannelEvent.Answered(id, at, answer) { Data = reading.Data };
                break;
            case "replied":
                return Wrong(422, "data.text is missing: what the contact wrote.");
            case "bounced":
                return Wrong(422, "data.kind must be hard, soft or policy.");
            case "answered":
                return Wrong(422, "data.answer is missing: the contact's answer in one word.");
            case var type:
                // Standard Webhooks: what is not known is taken and left alone, so that the sender does not try for ever.
                return new InboundAnswer(202, []) { Body = $"Nothing was done with type '{type}'; types are {string.Join(", ", Types)}." };
        }

        if (reading["messageKey"] is null && reading["providerId"] is null && reading["address"] is null)
            return Wrong(422, "It does not say whom it is about: give data.messageKey, data.providerId or data.address.");
        return InboundAnswer.Ok(read with { MessageKey = reading["messageKey"], ProviderId = reading["providerId"], Address = reading["address"], MatchedBy = reading["messageKey"] is null ? null : "messageKey" });
    }

    private static BounceKind? Kind(string? kind) => kind switch
    {
        "hard" => BounceKind.Hard,
        "soft" => BounceKind.Soft,
        "policy" => BounceKind.Policy,
        _ => null,
    };

    private static string Header(InboundRequest request, string name) =>
        request.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.Trim() ?? "";

    private static InboundAnswer Wrong(int status, string cause) => new(status, []) { Body = cause };

    /// <summary>The members of one document.</summary>
    private sealed class Reading
    {
        private readonly JsonElement _data;

        public Reading(JsonElement root, string id, DateTimeOffset now)
        {
            Id = id;
            Type = Text(root, "type") ?? "";
            At = Moment(Text(root, "timestamp")) ?? now;
            _data = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("data", out var data) ? data : default;
        }

        public string Id { get; }
        public string Type { get; }
        public DateTimeOffset At { get; }

        public string? this[string name] => Text(_data, name);

        public IReadOnlyDictionary<string, object?> Data =>
            _data.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object
                ? details.EnumerateObject().GroupBy(member => member.Name).ToDictionary(members => members.Key, members => Plain(members.Last().Value))
                : [];

        public DateTimeOffset? Time(string name) => Moment(Text(_data, name));

        private static string? Text(JsonElement element, string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

        private static DateTimeOffset? Moment(string? text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

        private static object? Plain(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        };
    }
}
