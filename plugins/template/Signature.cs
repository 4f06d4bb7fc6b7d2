using System.Security.Cryptography;
using System.Text;
using Playbook.Abstractions;

namespace Acme.Template;

/// <summary>The provider signs the body of each request with a key that only it and we have.</summary>
internal sealed class Signature(string key)
{
    public const string Header = "X-Signature";

    public string Of(ReadOnlyMemory<byte> body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body.Span));

    public bool Fits(InboundRequest request) =>
        request.Headers.FirstOrDefault(header => header.Key.Equals(Header, StringComparison.OrdinalIgnoreCase)).Value is { } sent
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(Of(request.Body)));
}
