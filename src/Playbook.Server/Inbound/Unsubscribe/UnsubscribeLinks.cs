using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Playbook.Server.Host;
using Playbook.Storage;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Inbound.Unsubscribe;

/// <summary>What a link in a message stands for.</summary>
public sealed record UnsubscribeTarget(Guid ContactId, string Channel, string MessageKey);

/// <summary>
/// Makes and reads the links by which a contact ends their messages: encrypted and authenticated, so that nobody can read
/// anything out of one or make one for somebody else. The same message always has the same link. The keys are in the
/// database and are never removed: a link works as long as the database lives, on whichever machine.
/// </summary>
public sealed class UnsubscribeLinks(ServeOptions options, IDbContextFactory<PlaybookDb> databases, TimeProvider clock)
{
    /// <summary>Where the links lead, below the server's public address.</summary>
    public const string Path = "/u/";

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;
    private const int LongestToken = 1000;

    private readonly Lock _lock = new();
    private IReadOnlyList<LinkKey>? _keys;

    /// <summary>Null where the server has no public address: then a channel names its own way, such as an answer of STOP.</summary>
    public Uri? For(UnsubscribeTarget target) => options.PublicUrl is { } address ? new Uri(address, Path[1..] + Token(target)) : null;

    public string Token(UnsubscribeTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var key = Keys()[^1];
        var text = Text(target);
        Span<byte> token = new byte[1 + NonceBytes + text.Length + TagBytes];
        token[0] = (byte)key.Number;
        var nonce = token.Slice(1, NonceBytes);
        // From the content instead of by chance: the same message gets the same link, and no nonce is used for two contents.
        HMACSHA256.HashData(Derived(key, "nonce"), text).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var cipher = new AesGcm(Derived(key, "link"), TagBytes);
        cipher.Encrypt(nonce, text, token.Slice(1 + NonceBytes, text.Length), token[^TagBytes..], token[..1]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null where it is no link of ours.</summary>
    public UnsubscribeTarget? Read(string? token)
    {
        if (token is null or { Length: > LongestToken } || !TryDecode(token, out var bytes) || bytes.Length <= 1 + NonceBytes + TagBytes)
            return null;
        if (Keys().FirstOrDefault(key => key.Number == bytes[0]) is not { } key)
            return null;
        var text = new byte[bytes.Length - 1 - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(Derived(key, "link"), TagBytes);
            cipher.Decrypt(bytes.AsSpan(1, NonceBytes), bytes.AsSpan(1 + NonceBytes, text.Length), bytes.AsSpan(^TagBytes..), text, bytes.AsSpan(0, 1));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Target(text);
    }

    private static byte[] Text(UnsubscribeTarget target) => [.. target.ContactId.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes($"{target.Channel}\n{target.MessageKey}")];

    private static UnsubscribeTarget? Target(byte[] text)
    {
        if (text.Length < 16)
            return null;
        var parts = Encoding.UTF8.GetString(text.AsSpan(16)).Split('\n', 2);
        return parts.Length == 2 ? new UnsubscribeTarget(new Guid(text.AsSpan(0, 16), bigEndian: true), parts[0], parts[1]) : null;
    }

    private static bool TryDecode(string token, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(token))
            return false;
        bytes = Base64Url.DecodeFromChars(token);
        return true;
    }

    private static byte[] Derived(LinkKey key, string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, key.Secret, KeyBytes, Encoding.UTF8.GetBytes($"playbook unsubscribe {purpose}"));

    private IReadOnlyList<LinkKey> Keys()
    {
        lock (_lock)
            return _keys ??= Load();
    }

    private List<LinkKey> Load()
    {
        using var database = databases.CreateDbContext();
        var keys = database.LinkKeys.AsNoTracking().OrderBy(key => key.Number).ToList();
        if (keys.Count > 0)
            return keys;
        var first = new LinkKey { Number = 1, Secret = RandomNumberGenerator.GetBytes(KeyBytes), CreatedAt = clock.GetUtcNow() };
        database.LinkKeys.Add(first);
        database.SaveChanges();
        return [first];
    }
}
