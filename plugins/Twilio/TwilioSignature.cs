using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Playbook.Abstractions;

namespace Playbook.Twilio;

/// <summary>
/// How Twilio signs what it sends: HMAC-SHA1, by the account's auth token, over the whole address and, for a form, every
/// parameter's name and value in the order of the names. A body that is no form is covered by <c>bodySHA256</c> in the address.
/// </summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    private const string BodyHash = "bodySHA256";

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Twilio signs with it; as a keyed hash it still holds.")]
    public static string Of(string authToken, string url, FormValues form)
    {
        var text = new StringBuilder(url);
        foreach (var values in form.All.GroupBy(value => value.Key).OrderBy(values => values.Key, StringComparer.Ordinal))
            foreach (var value in values.Select(value => value.Value).Distinct().Order(StringComparer.Ordinal))
                text.Append(values.Key).Append(value);
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>
    /// Whether the request is Twilio's. Behind a proxy the address that the server saw is another one than Twilio called, so
    /// the public address counts as well; and Twilio is known to sign with and without the usual port.
    /// </summary>
    public static bool Holds(string authToken, InboundRequest request, FormValues form, Uri? publicUrl)
    {
        if (authToken.Length == 0 || Sent(request) is not { Length: > 0 } sent)
            return false;
        var signature = Encoding.UTF8.GetBytes(sent.Trim());
        var holds = false;
        foreach (var url in Addresses(request, publicUrl).SelectMany(Ports).Distinct())
            holds |= CryptographicOperations.FixedTimeEquals(signature, Encoding.UTF8.GetBytes(Of(authToken, url, form)));
        return holds && BodyIsCovered(request, form);
    }

    private static string? Sent(InboundRequest request) =>
        request.Headers.FirstOrDefault(header => header.Key.Equals(Header, StringComparison.OrdinalIgnoreCase)).Value;

    private static bool BodyIsCovered(InboundRequest request, FormValues form) =>
        form.All.Count > 0 || request.Body.IsEmpty
        || (request.Query.GetValueOrDefault(BodyHash) is { } hash
            && hash.Equals(Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Addresses(InboundRequest request, Uri? publicUrl)
    {
        if (request.Url is { } seen)
        {
            yield return seen.OriginalString;
            yield return seen.AbsoluteUri;
        }

        if (publicUrl is not null)
            yield return new Uri(publicUrl, request.Path).AbsoluteUri + request.Url?.Query;
    }

    private static IEnumerable<string> Ports(string url)
    {
        yield return url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !uri.IsDefaultPort)
            yield break;
        var authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.IndexOfAny(['/', '?'], authority);
        var host = end < 0 ? url[authority..] : url[authority..end];
        var port = string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        var other = host.EndsWith(port, StringComparison.Ordinal) ? host[..^port.Length] : host + port;
        yield return url[..authority] + other + (end < 0 ? "" : url[end..]);
    }
}
