using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Playbook.Email;

/// <summary>
/// The mark that a message of ours carries wherever it goes: in its Message-ID, in the plus-address for answers and in the
/// envelope's sender. Made from the idempotency key alone, so that the same message has the same mark for ever. The key
/// holds a random id that nobody outside knows, so a mark cannot be guessed.
/// </summary>
internal static partial class MailMark
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const string Begin = "pb";
    private const string ForUnsubscribing = "u-";

    public static string Of(string idempotencyKey)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("playbook message\n" + idempotencyKey));
        var mark = new StringBuilder(Begin, 28);
        // 26 letters of five bits: 130 bits of the hash.
        for (var letter = 0; letter < 26; letter++)
        {
            var bit = letter * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            mark.Append(Alphabet[(pair >> (11 - (bit % 8))) & 31]);
        }

        return mark.ToString();
    }

    /// <summary>The address with the mark behind a plus: <c>sales+pb…@example.org</c>.</summary>
    public static MailboxAddress Tag(MailboxAddress address, string mark) => new(address.Name, $"{address.LocalPart}+{mark}@{address.Domain}");

    /// <summary>The same for a mail that asks to be left alone.</summary>
    public static MailboxAddress TagForUnsubscribing(MailboxAddress address, string mark) => Tag(address, ForUnsubscribing + mark);

    /// <summary>The mark in a Message-ID of ours; null in anybody else's.</summary>
    public static string? InMessageId(string messageId) => WholeLocalPart().Match(messageId) is { Success: true } match ? match.Groups["mark"].Value.ToLowerInvariant() : null;

    /// <summary>The mark in an address that we gave out, and whether it was that for unsubscribing.</summary>
    public static (string Mark, bool Unsubscribes)? InAddress(string address) =>
        Tagged().Match(address) is { Success: true } match ? (match.Groups["mark"].Value.ToLowerInvariant(), match.Groups["u"].Success) : null;

    /// <summary>The mark anywhere in a text; null where there is none.</summary>
    public static string? InText(string text) => Anywhere().Match(text) is { Success: true } match ? match.Value.ToLowerInvariant() : null;

    [GeneratedRegex(@"^<?(?<mark>pb[a-z2-7]{26})@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WholeLocalPart();

    [GeneratedRegex(@"\+(?<u>u-)?(?<mark>pb[a-z2-7]{26})@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tagged();

    [GeneratedRegex(@"(?<![a-z0-9])pb[a-z2-7]{26}(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Anywhere();
}
