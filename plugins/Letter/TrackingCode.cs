using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Playbook.Letter;

/// <summary>
/// What a reader of a letter types to say which letter it was: eight letters and digits that cannot be taken for one another
/// (Crockford's 32) and one that checks them, printed as <c>4F7-KQ2-M9T</c>. One wrong character, or two swapped, is never
/// another letter's code: each place has its own weight in the field of 32 elements.
/// </summary>
internal static class TrackingCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 8;

    /// <summary>The code of a message; the same for the same key, secret and attempt.</summary>
    /// <param name="key">The message's idempotency key.</param>
    /// <param name="secret">Without it nobody can tell which codes there are.</param>
    /// <param name="attempt">Another code where the first one is taken.</param>
    public static string For(string key, ReadOnlySpan<byte> secret, int attempt = 0)
    {
        var hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{attempt}:{key}"));
        Span<char> code = stackalloc char[Length + 1];
        var bits = BitConverter.ToUInt64(hash);
        for (var at = 0; at < Length; at++, bits >>= 5)
            code[at] = Alphabet[(int)(bits & 31)];
        code[Length] = Alphabet[Check(code[..Length])];
        return new string(code);
    }

    /// <summary>As people read and type it.</summary>
    public static string Shown(string code) => $"{code[..3]}-{code[3..6]}-{code[6..]}";

    /// <summary>Reads what somebody typed: in any case, with or without hyphens and spaces, with O for 0 and I or L for 1.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? code)
    {
        code = null;
        var read = new StringBuilder(Length + 1);
        foreach (var letter in (text ?? "").ToUpperInvariant())
        {
            switch (letter)
            {
                case '-' or ' ' or '\u2011' or '\u2013':
                    continue;
                case 'O':
                    read.Append('0');
                    break;
                case 'I' or 'L':
                    read.Append('1');
                    break;
                default:
                    read.Append(letter);
                    break;
            }
            if (read.Length > Length + 1)
                return false;
        }
        var found = read.ToString();
        if (found.Length != Length + 1 || !found.All(Alphabet.Contains) || Alphabet[Check(found.AsSpan(0, Length))] != found[Length])
            return false;
        code = found;
        return true;
    }

    private static int Check(ReadOnlySpan<char> code)
    {
        var (sum, weight) = (0, 2);
        foreach (var letter in code)
        {
            sum ^= Multiply(weight, Alphabet.IndexOf(letter, StringComparison.Ordinal));
            weight = Multiply(weight, 2);
        }
        return sum;
    }

    /// <summary>Multiplies in the field of 32 elements, made by x⁵ + x² + 1.</summary>
    private static int Multiply(int one, int other)
    {
        var product = 0;
        for (; other > 0; other >>= 1)
        {
            if ((other & 1) == 1)
                product ^= one;
            one <<= 1;
            if (one > 31)
                one ^= 0b100101;
        }
        return product;
    }
}
