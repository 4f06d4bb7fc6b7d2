using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Once;

namespace Playbook.Webhook;

/// <summary>What the other system answered.</summary>
/// <param name="Id">Its own name for the message, where it answers with JSON that has an <c>id</c>.</param>
/// <param name="Said">The status and the beginning of what it wrote, for people.</param>
internal sealed record WebhookAnswer(HttpStatusCode Status, string? Id, string Said, string? Location, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

/// <summary>Makes one signed request.</summary>
internal sealed class WebhookPost(WebhookSettings settings, HttpClient? http, TimeProvider clock)
{
    private const int MostOfAnswer = 200;
    private const int LongestId = 100;

    /// <summary>The key itself where it can stand in a header; the other system sees the same id at every attempt.</summary>
    public static string IdOf(string key) =>
        key.Length is > 0 and <= LongestId && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or ':' or '/') ? key : "msg_" + KeyJournal.HashOf(key);

    public async ValueTask<WebhookAnswer> Send(string id, byte[] body, CancellationToken cancellationToken)
    {
        var client = http ?? throw new InvalidOperationException("The host gave this channel no HTTP client; this is a fault in Playbook, please report it.");
        if (!settings.AllowPrivate)
            await ForbiddenAddressException.ThrowIfPrivate(settings.Url!, cancellationToken);
        var now = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new ByteArrayContent(body) };
        // The name may lead elsewhere by the time that the connection is made.
        request.Options.Set(new HttpRequestOptionsKey<bool>(ChannelSetup.PublicAddressOnly), !settings.AllowPrivate);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimeHeader, WebhookSignature.Seconds(now));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(settings.Out, id, now, body));
        using var response = await client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var retry = response.Headers.RetryAfter;
        var wait = retry?.Delta ?? (retry?.Date is { } date ? date - now : null);
        return new WebhookAnswer(
            response.StatusCode,
            Id(text),
            $"HTTP {(int)response.StatusCode}{(string.IsNullOrWhiteSpace(text) ? "" : $": {(text.Length > MostOfAnswer ? text[..MostOfAnswer] + "…" : text).ReplaceLineEndings(" ").Trim()}")}",
            response.Headers.Location?.OriginalString,
            wait is { } time && time < TimeSpan.Zero ? TimeSpan.Zero : wait);
    }

    private static string? Id(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } name ? name : null;
        }
        catch (JsonException)
        {
            return null; // an answer need not be JSON
        }
    }
}
