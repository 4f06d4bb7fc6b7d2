namespace Playbook.Sms;

/// <summary>What a text costs on the air.</summary>
/// <param name="IsUnicode">Whether a character is outside GSM's own alphabet, so that all of the text goes in UCS-2.</param>
/// <param name="Count">How many messages it is billed as.</param>
internal sealed record SmsSegments(bool IsUnicode, int Count)
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extended = "\f^{}\\[~]|€";

    /// <summary>A character of the extension takes two places; of a text in several parts, each part carries a header.</summary>
    public static SmsSegments Of(string text)
    {
        var isUnicode = text.Any(letter => !Basic.Contains(letter, StringComparison.Ordinal) && !Extended.Contains(letter, StringComparison.Ordinal));
        return new SmsSegments(isUnicode, isUnicode ? Parts(Pairs(text), alone: 70, each: 67) : Parts(Septets(text), alone: 160, each: 153));
    }

    /// <summary>No character is torn in two, so that a part can end with a place to spare.</summary>
    private static int Parts(IEnumerable<int> widths, int alone, int each)
    {
        var (total, parts, used) = (0, 0, each);
        foreach (var width in widths)
        {
            total += width;
            if (used + width > each)
                (parts, used) = (parts + 1, 0);
            used += width;
        }

        return total == 0 ? 0 : total <= alone ? 1 : parts;
    }

    private static IEnumerable<int> Septets(string text) => text.Select(letter => Extended.Contains(letter, StringComparison.Ordinal) ? 2 : 1);

    private static IEnumerable<int> Pairs(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var isPair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            yield return isPair ? 2 : 1;
            at += isPair ? 1 : 0;
        }
    }
}
