using Playbook.Abstractions;
using Playbook.Twilio;

namespace Playbook.Phone;

/// <summary>Calls by a person, dialled by hand or by a provider that is compatible with Twilio.</summary>
public sealed class PhonePlugin : IChannelPlugin
{
    private const string CallBack = "Call back";
    private const string OptIn = "Verbal opt-in";
    private const string NeverContact = "Never contact";
    private static readonly string[] Attempts = ["No answer", "Busy", "Voicemail"];

    public ChannelDescription Description { get; } = new("phone", "Phone", "A person calls, guided by a script; one press dials.")
    {
        Icon = "call",
        Color = "#2E7D32",
        AddressFact = "phone",
        Actions = [Call],
        Settings = PhoneSettings.Fields,
    };

    public IChannel Open(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return new PhoneChannel(setup);
    }

    public ChannelTrial? Trial(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return PhoneTrial.Of(setup);
    }

    // As many outcomes as there are number keys, in the order in which calls usually end.
    private static ChannelAction Call { get; } = new("Call", "Call", "A person calls the contact, guided by a script, and notes how it ended.")
    {
        IsGuided = true,
        CanBegin = true,
        Link = "tel:{address}",
        Outcomes = ["Reached", .. Attempts, CallBack, "Not interested", OptIn, "Wrong number", NeverContact],
        AttemptOutcomes = Attempts,
        Inputs =
        [
            new InputDescription("MaxAttempts", "Int32", "How often the contact is called at most before the step ends with its last outcome. Each attempt needs the sending policy's leave.")
            {
                DisplayName = "Attempts at most",
                Default = 6,
            },
        ],
        Fields =
        [
            new FormField("call_back_at", "Call back at", "datetime")
            {
                Required = true,
                RequiredFor = [CallBack],
                Help = "In the contact's own time zone, just as they said it.",
            },
            new FormField("consent_wording", "What they agreed to, in their words", "multiline")
            {
                Required = true,
                RequiredFor = [OptIn],
                Help = "This is the evidence of the consent: what you asked, and what they answered.",
            },
            new FormField("consent_for", "They agreed to", "choice")
            {
                Options = ["E-mail", "SMS", "E-mail and SMS"],
                Default = "E-mail",
                Help = "Only these channels are opened by the consent.",
            },
            new FormField("stop_wording", "What they said", "multiline")
            {
                Help = $"For '{NeverContact}': kept with the entry that stops all contact.",
            },
            new FormField("note", "Note", "multiline"),
        ],
    };
}
