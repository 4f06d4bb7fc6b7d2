extern alias webhook;

using System.Text;
using Playbook.Abstractions;
using webhook::Playbook.Webhook;

namespace Playbook.Plugins.Tests.Webhook;

/// <summary>A request as another system makes and signs it.</summary>
internal static class SignedRequest
{
    public static InboundRequest Of(DateTimeOffset at, string id, string body, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new InboundRequest("POST", "", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [WebhookSignature.IdHeader] = id,
            [WebhookSignature.TimeHeader] = WebhookSignature.Seconds(at),
            [WebhookSignature.SignatureHeader] = WebhookSignature.Of([WebhookSignature.Key(secret)!], id, at, bytes),
        }, bytes);
    }
}
