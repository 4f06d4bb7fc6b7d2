using System.Text.Json;
using Playbook.Abstractions;

namespace Acme.Template;

/// <summary>What the provider tells, as events of Playbook's.</summary>
internal static class Events
{
    public static InboundAnswer Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement) is { } known ? InboundAnswer.Ok(known) : InboundAnswer.Ok();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return new InboundAnswer(400, []);
        }
    }

    private static ChannelEvent? Read(JsonElement json)
    {
        // The provider's own id: the same event that comes twice must have the same id.
        var id = json.GetProperty("id").GetString()!;
        var at = json.GetProperty("at").GetDateTimeOffset();
        ChannelEvent? read = json.GetProperty("type").GetString() switch
        {
            "delivered" => new ChannelEvent.Delivered(id, at),
            "failed" => new ChannelEvent.Failed(id, at, json.GetProperty("text").GetString()!),
            "reply" => new ChannelEvent.Replied(id, at, json.GetProperty("text").GetString()!),
            "stop" => new ChannelEvent.Unsubscribed(id, at, json.GetProperty("text").GetString()!),
            // What a newer provider tells is no fault.
            _ => null,
        };
        return read is null ? null : read with { ProviderId = json.GetProperty("message").GetString() };
    }
}
