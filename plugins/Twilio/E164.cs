using System.Text.RegularExpressions;

namespace Playbook.Twilio;

/// <summary>Phone numbers as the world writes them: <c>+</c>, country, number.</summary>
internal static partial class E164
{
    public const string Cure = "write it with its country, such as +45 12 34 56 78";

    /// <summary>The number without blanks and signs; null where it is none or its country is missing.</summary>
    public static string? Of(string? text)
    {
        var digits = Signs().Replace(text ?? "", "");
        if (digits.StartsWith("00", StringComparison.Ordinal))
            digits = "+" + digits[2..];
        return Number().IsMatch(digits) ? digits : null;
    }

    [GeneratedRegex(@"(\(0\))|[\s\p{Cf}\p{Pd}().\/]", RegexOptions.None, 1000)]
    private static partial Regex Signs();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
