using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Playbook.Server.Access;

/// <summary>What opens a door by itself: tokens, links, the key of this machine. Only hashes of them are kept.</summary>
internal static class Secret
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
