using System.Globalization;
using System.Text.RegularExpressions;
using Playbook.Abstractions;
using Playbook.Twilio;

namespace Playbook.Sms;

/// <summary>How this channel is set up.</summary>
internal sealed partial record SmsSettings(TwilioSettings Twilio, int MaxSegments)
{
    private const int UsualSegments = 4;

    /// <summary>More than ten parts is more than Twilio takes (1,600 characters).</summary>
    private const int MostSegments = 10;

    public static IReadOnlyList<FormField> Fields { get; } =
    [
        TwilioSettings.AccountField with { Required = true },
        TwilioSettings.TokenField with { Required = true },
        new FormField("from", "Sender")
        {
            Required = true,
            Help = "A number of the account (+45…), a short code, a messaging service (begins with MG), or a name of up to 11 letters and digits. Nobody can answer a name, so each text from one ends with the link that stops them.",
        },
        new FormField("max_segments", "Longest text, in parts", "number")
        {
            Default = UsualSegments.ToString(CultureInfo.InvariantCulture),
            Min = 1,
            Max = MostSegments,
            Help = "A part is 160 characters, or 70 where a character such as an emoji is outside the phone alphabet; each is paid for. A longer text is refused.",
        },
        TwilioSettings.KeyField,
        TwilioSettings.SecretField,
        TwilioSettings.ApiField,
    ];

    public static SmsSettings Read(IReadOnlyDictionary<string, string> settings)
    {
        var most = TwilioSettings.Text(settings, "max_segments");
        return new SmsSettings(
            TwilioSettings.Read(settings),
            int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, MostSegments) : UsualSegments);
    }

    /// <summary>The sender as Twilio wants it: a number without blanks, anything else as it is.</summary>
    public string From => E164.Of(Twilio.From) ?? Twilio.From;

    public bool IsService => Twilio.From.StartsWith("MG", StringComparison.Ordinal) && Twilio.From.Length == 34;

    public bool IsNumber => E164.Of(Twilio.From) is not null;

    /// <summary>Whether an answer can come back to the sender at all.</summary>
    public bool CanBeAnswered => IsService || IsNumber || ShortCode().IsMatch(Twilio.From);

    public IEnumerable<string> Gaps()
    {
        if (Twilio.From.Length == 0)
            yield return "The sender is missing; write a number of the account, such as +4512345678, or a messaging service's SID.";
        else if (!CanBeAnswered && !SenderName().IsMatch(Twilio.From))
            yield return $"'{Twilio.From}' can be no sender; write a number with its country, a short code, a messaging service's SID (MG…), or a name of up to 11 letters, digits and blanks with a letter in it.";
    }

    [GeneratedRegex(@"^[0-9]{3,8}\z", RegexOptions.None, 1000)]
    private static partial Regex ShortCode();

    [GeneratedRegex(@"^(?=.*[A-Za-z])[A-Za-z0-9 &+\-_]{1,11}\z", RegexOptions.None, 1000)]
    private static partial Regex SenderName();
}
