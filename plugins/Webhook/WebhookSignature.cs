using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Playbook.Webhook;

/// <summary>Signatures as Standard Webhooks has them: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far a request's time may be from ours: older ones may be somebody's copy.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Version = "v1,";
    private const string Prefix = "whsec_";

    /// <summary>The key of a secret; null where it is none.</summary>
    public static byte[]? Key(string secret)
    {
        var base64 = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var key = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, key, out var length) && length is >= 24 and <= 64 ? key[..length] : null;
    }

    /// <summary>The header's value: one signature for each key.</summary>
    public static string Of(IEnumerable<byte[]> keys, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var signed = Signed(id, Seconds(at), body);
        return string.Join(' ', keys.Select(key => Version + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether one of the signatures is by one of the keys, and the time is near enough to now.</summary>
    public static bool Holds(IReadOnlyList<byte[]> keys, string id, string time, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (id.Length == 0 || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
            return false;
        var signed = Signed(id, time, body);
        var sent = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(one => one.StartsWith(Version, StringComparison.Ordinal)).Select(Encoding.UTF8.GetBytes).ToList();
        var holds = false;
        foreach (var key in keys)
        {
            var right = Encoding.UTF8.GetBytes(Version + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
            foreach (var one in sent)
                holds |= CryptographicOperations.FixedTimeEquals(right, one);
        }

        return holds;
    }

    private static byte[] Signed(string id, string time, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
}
