using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Playbook.Abstractions;

namespace Playbook.Webhook;

/// <summary>The document that goes out; the same message is the same document, byte for byte.</summary>
internal static class WebhookBody
{
    public const string UsualType = "playbook.message";
    public const string PingType = "playbook.ping";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Of(OutgoingMessage message) => Document(
        message.Inputs.GetValueOrDefault("Event") as string is { Length: > 0 } name ? name : UsualType,
        message.CreatedAt,
        new
        {
            key = message.IdempotencyKey,
            to = message.To,
            toName = message.ToName,
            subject = message.Subject,
            text = message.Text,
            html = message.Html,
            from = new { name = message.FromName, address = message.FromAddress },
            thread = message.Thread,
            unsubscribeUrl = message.UnsubscribeUrl,
            attachments = message.Attachments.Select(file => new { name = file.Name, contentType = file.ContentType, content = file.Content.ToArray() }),
            data = message.Inputs.GetValueOrDefault("Data"),
        });

    /// <summary>What a test of the connection sends.</summary>
    public static byte[] Ping(DateTimeOffset at) => Document(PingType, at, new { });

    private static byte[] Document(string type, DateTimeOffset at, object data) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, timestamp = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture), data },
        Format);
}
