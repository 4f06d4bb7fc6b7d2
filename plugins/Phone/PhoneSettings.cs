using Playbook.Abstractions;
using Playbook.Twilio;

namespace Playbook.Phone;

/// <summary>How this channel is set up; without an account, people dial by hand.</summary>
internal sealed record PhoneSettings(TwilioSettings Twilio, IReadOnlyDictionary<string, string> RepPhones, IReadOnlyList<string> Unread)
{
    public static IReadOnlyList<FormField> Fields { get; } =
    [
        TwilioSettings.AccountField with { Help = "For dialling by one press. Leave the whole form empty where people dial by hand. " + TwilioSettings.AccountField.Help },
        TwilioSettings.TokenField,
        new FormField("from", "Number that is shown", "phone") { Help = "A number of the account, or one that is verified there; contacts see it and call it back." },
        new FormField("rep_phones", "Phones of the people who call", "multiline")
        {
            Help = "One a line, such as: bo@example.com +45 12 34 56 78. At a press this phone rings first, and then the contact's.",
        },
        TwilioSettings.KeyField,
        TwilioSettings.SecretField,
        TwilioSettings.ApiField,
    ];

    public static PhoneSettings Read(IReadOnlyDictionary<string, string> settings)
    {
        var phones = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var unread = new List<string>();
        foreach (var line in TwilioSettings.Text(settings, "rep_phones").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var blank = line.IndexOfAny([' ', '\t', '=', ':', ';']);
            if (blank > 0 && E164.Of(line[(blank + 1)..].TrimStart('=', ':', ';', ' ')) is { } phone)
                phones[line[..blank]] = phone;
            else
                unread.Add(line);
        }

        return new PhoneSettings(TwilioSettings.Read(settings), phones, unread);
    }

    public bool IsByHand => Twilio is { AccountSid: "", AuthToken: "", From: "" };

    public string From => E164.Of(Twilio.From) ?? "";

    public IEnumerable<string> Gaps()
    {
        if (From.Length == 0)
            yield return $"The number that is shown is {(Twilio.From.Length == 0 ? "missing" : $"'{Twilio.From}', which is no number with a country")}; {E164.Cure}.";
        foreach (var line in Unread)
            yield return $"'{line}' is no person with a phone; write an e-mail address, a blank and a number with its country, such as: bo@example.com +4512345678.";
    }

    /// <summary>The phone that rings first; null where it is not known.</summary>
    public string? RepPhone(OutgoingMessage message) =>
        E164.Of(message.Inputs.GetValueOrDefault("rep_phone") as string)
        ?? (message.FromAddress is { } address ? RepPhones.GetValueOrDefault(address) : null);
}
