using Playbook.Abstractions;

namespace Playbook.Letter;

/// <summary>Letters on paper: each day's letters become one file to print, with a code by which readers answer.</summary>
public sealed class LetterPlugin : IChannelPlugin
{
    public ChannelDescription Description { get; } = new("letter", "Letter", "Collects letters into a daily batch to print, address and post, each with a code to answer by.")
    {
        Icon = "mail",
        Color = "#7A5C3E",
        AddressFact = "address",
        Actions =
        [
            new ChannelAction("Send", "Send a letter", "Puts a letter into the day's batch to print.")
            {
                Inputs = [new InputDescription("Language", "String", "The letter's language for its date and the line about the code: en or da; that of the settings where it is empty.")],
                Outcomes = ["Interested", "Declined", "Visited"],
            },
        ],
        Settings = LetterSettings.Form,
    };

    public IChannel Open(ChannelSetup setup) => new LetterChannel(setup);

    public ChannelTrial? Trial(ChannelSetup setup) => LetterTrial.Of(setup);
}
