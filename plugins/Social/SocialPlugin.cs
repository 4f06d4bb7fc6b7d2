using Playbook.Abstractions;

namespace Playbook.Social;

/// <summary>
/// A network such as LinkedIn, by hand: its terms forbid that a program writes, connects or reads there, so a person copies
/// the text, opens the profile, and says what came of it.
/// </summary>
public sealed class SocialPlugin : IChannelPlugin
{
    private const string NeverContact = "Never contact";
    private const string Profile = "{address}";

    private static readonly FormField[] Fields =
    [
        new("reply", "What they wrote", "multiline") { Required = true, RequiredFor = ["Replied"], Help = "Copy it from the network; it is kept in the contact's history." },
        new("stop_wording", "What they said", "multiline") { Help = $"For '{NeverContact}': kept with the entry that stops all contact." },
        new("note", "Note", "multiline"),
    ];

    public ChannelDescription Description { get; } = new("social", "Social network", "A person writes on LinkedIn or another network: copy the text, open the profile, done.")
    {
        Icon = "group",
        Color = "#0A66C2",
        AddressFact = "linkedin",
        Actions =
        [
            new ChannelAction("Connect", "Ask to connect", "A person asks the contact to connect on the network, with a few words from a script.")
            {
                IsGuided = true,
                Link = Profile,
                Outcomes = ["Done", "Already connected", "No profile", "Replied", NeverContact],
                Fields = Fields,
            },
            new ChannelAction("Write", "Write on the network", "A person copies a text from a script and sends it to the contact on the network.")
            {
                IsGuided = true,
                Link = Profile,
                Outcomes = ["Done", "Not connected", "No profile", "Replied", NeverContact],
                Fields = Fields,
            },
        ],
    };

    public IChannel Open(ChannelSetup setup) => new SocialChannel();

    // There is no provider; what can be seen without one is seen.
    public ChannelTrial? Trial(ChannelSetup setup) => new(new Dictionary<string, string>(), "https://www.linkedin.com/in/ada", static () => []);
}
