using System.Security.Cryptography;

namespace Playbook.Tests.Email;

/// <summary>Keys made for one run of the tests.</summary>
internal static class Keys
{
    private static readonly RSA _rsa = RSA.Create(2048);

    public static string Rsa { get; } = _rsa.ExportPkcs8PrivateKeyPem();

    public static string OldRsa { get; } = _rsa.ExportRSAPrivateKeyPem();

    public static string RsaPublic { get; } = Convert.ToBase64String(_rsa.ExportSubjectPublicKeyInfo());

    public static string Short
    {
        get
        {
            using var key = RSA.Create(512);
            return key.ExportPkcs8PrivateKeyPem();
        }
    }

    /// <summary>An Ed25519 key in PKCS#8: a fixed head (RFC 8410) and 32 bytes.</summary>
    public static string Ed25519 { get; } = PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString("302e020100300506032b657004220420"), .. RandomNumberGenerator.GetBytes(32)]);
}
