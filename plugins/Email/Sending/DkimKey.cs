using System.Security.Cryptography;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Playbook.Email;

/// <summary>A private key to sign with, and the record that its public half has to be published in.</summary>
internal sealed class DkimKey
{
    private readonly AsymmetricKeyParameter _key;

    private DkimKey(string domain, string selector, AsymmetricKeyParameter key)
    {
        Domain = domain;
        Selector = selector;
        _key = key;
        IsRsa = key is RsaKeyParameters;
        Bits = key is RsaKeyParameters rsa ? rsa.Modulus.BitLength : 256;
        PublicKey = Convert.ToBase64String(PublicHalf(key));
    }

    public string Domain { get; }

    public string Selector { get; }

    public bool IsRsa { get; }

    public int Bits { get; }

    /// <summary>As the record's <c>p=</c> holds it.</summary>
    public string PublicKey { get; }

    /// <summary>Where the public key stands.</summary>
    public string RecordName => $"{Selector}._domainkey.{Domain}";

    /// <summary>What stands there.</summary>
    public string Record => $"v=DKIM1; k={(IsRsa ? "rsa" : "ed25519")}; p={PublicKey}";

    /// <summary>Reads PEM (PKCS#8 or PKCS#1), or its base64 alone, whatever a form field made of the line ends.</summary>
    /// <exception cref="FormatException">It is no such key.</exception>
    public static DkimKey Read(string domain, string selector, string text)
    {
        var isPkcs1 = text.Contains("BEGIN RSA PRIVATE KEY", StringComparison.Ordinal);
        var base64 = string.Concat(string.Concat(text.Split("-----").Where((_, index) => index % 2 == 0)).Where(letter => !char.IsWhiteSpace(letter)));
        try
        {
            var der = Convert.FromBase64String(base64);
            if (isPkcs1)
            {
                using var rsa = RSA.Create();
                rsa.ImportRSAPrivateKey(der, out _);
                der = rsa.ExportPkcs8PrivateKey();
            }

            var key = PrivateKeyFactory.CreateKey(der);
            if (key is RsaPrivateCrtKeyParameters { Modulus.BitLength: < 1024 })
                throw new FormatException($"The DKIM private key of selector {selector} has fewer than 1024 bits, which receivers ignore; make one with 2048: openssl genrsa 2048.");
            return key is RsaPrivateCrtKeyParameters or Ed25519PrivateKeyParameters
                ? new DkimKey(domain, selector, key)
                : throw new FormatException($"The DKIM private key of selector {selector} is neither RSA nor Ed25519; make one with: openssl genrsa 2048.");
        }
        catch (Exception fault) when (fault is not FormatException || fault.Message.Contains("Base-64", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"The DKIM private key of selector {selector} cannot be read ({fault.Message}); paste the whole PEM text, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.", fault);
        }
    }

    public DkimSigner Signer() => new FastSigner(_key, Domain, Selector, IsRsa ? DkimSignatureAlgorithm.RsaSha256 : DkimSignatureAlgorithm.Ed25519Sha256)
    {
        HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
    };

    private static byte[] PublicHalf(AsymmetricKeyParameter key)
    {
        if (key is Ed25519PrivateKeyParameters ed25519)
            return ed25519.GeneratePublicKey().GetEncoded();
        using var rsa = RSA.Create(DotNetUtilities.ToRSAParameters((RsaPrivateCrtKeyParameters)key));
        return rsa.ExportSubjectPublicKeyInfo();
    }

    /// <summary>RSA by the platform, about five times as fast as the managed one; everything else as it comes.</summary>
    private sealed class FastSigner(AsymmetricKeyParameter key, string domain, string selector, DkimSignatureAlgorithm algorithm) : DkimSigner(key, domain, selector, algorithm)
    {
        private readonly RSA? _rsa = key is RsaPrivateCrtKeyParameters rsa ? RSA.Create(DotNetUtilities.ToRSAParameters(rsa)) : null;

        protected override ISigner CreateSigningContext() => _rsa is null ? base.CreateSigningContext() : new RsaContext(_rsa);
    }

    private sealed class RsaContext(RSA rsa) : ISigner
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public string AlgorithmName => "SHA-256withRSA";

        public void Init(bool forSigning, ICipherParameters parameters)
        {
        }

        public void Update(byte input) => _hash.AppendData([input]);

        public void BlockUpdate(byte[] input, int inOff, int inLen) => _hash.AppendData(input, inOff, inLen);

        public void BlockUpdate(ReadOnlySpan<byte> input) => _hash.AppendData(input);

        public int GetMaxSignatureSize() => rsa.KeySize / 8;

        public byte[] GenerateSignature()
        {
            var digest = _hash.GetHashAndReset();
            _hash.Dispose();
            return rsa.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        public bool VerifySignature(byte[] signature) => throw new NotSupportedException("Only signs.");

        public void Reset() => _hash.GetHashAndReset();
    }
}
