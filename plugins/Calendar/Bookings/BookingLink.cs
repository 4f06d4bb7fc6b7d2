using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Playbook.Calendar.Bookings;

/// <summary>
/// The token in a booking link: which offer, until when, and a signature (HMAC-SHA256, 128 bits) over both and over the
/// message and the contact that it was made for. Whoever changes a bit of it has no token.
/// </summary>
internal sealed class BookingLink(byte[] secret)
{
    private const int IdBytes = 16;
    private const int Bytes = IdBytes + 8 + 16;

    public static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, IdBytes));

    public string Token(Offer offer)
    {
        Span<byte> token = stackalloc byte[Bytes];
        Convert.FromHexString(offer.Id, token, out _, out _);
        BinaryPrimitives.WriteInt64BigEndian(token[IdBytes..], offer.ExpiresAt.ToUnixTimeSeconds());
        Sign(offer, token[..(IdBytes + 8)]).AsSpan(0, 16).CopyTo(token[(IdBytes + 8)..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The offer, where the token is ours; it may have run out.</summary>
    public bool TryRead(string token, Func<string, Offer?> find, [NotNullWhen(true)] out Offer? offer)
    {
        offer = null;
        var bytes = new byte[Bytes];
        // One way to write it: bits that a decoder overlooks are no part of a token.
        if (!TryDecode(token, bytes) || Base64Url.EncodeToString(bytes) != token)
            return false;
        var found = find(Convert.ToHexStringLower(bytes.AsSpan(0, IdBytes)));
        if (found is null || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(IdBytes + 8), Sign(found, bytes.AsSpan(0, IdBytes + 8)).AsSpan(0, 16)))
            return false;
        offer = found with { ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(IdBytes))) };
        return true;
    }

    /// <summary>The offer that a token would be for, whether or not it is ours; null for what cannot be one.</summary>
    public static string? IdIn(string token)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return TryDecode(token, bytes) ? Convert.ToHexStringLower(bytes[..IdBytes]) : null;
    }

    private static bool TryDecode(string token, Span<byte> bytes) =>
        token.Length == (Bytes * 8 + 5) / 6 && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var written) && written == Bytes;

    private byte[] Sign(Offer offer, ReadOnlySpan<byte> head)
    {
        var about = Encoding.UTF8.GetBytes($"booking 1\n{offer.Key}\n{offer.To}\n");
        var signed = new byte[about.Length + head.Length];
        about.CopyTo(signed, 0);
        head.CopyTo(signed.AsSpan(about.Length));
        return HMACSHA256.HashData(secret, signed);
    }
}
