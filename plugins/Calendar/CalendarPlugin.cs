using Playbook.Abstractions;

namespace Playbook.Calendar;

/// <summary>Appointments: invitations by mail that calendars understand, and a page on which the contact chooses a time.</summary>
public sealed class CalendarPlugin : IChannelPlugin
{
    private static readonly InputDescription Minutes = new("Minutes", "Int32", "How long the appointment takes; as in the settings where it is empty.");
    private static readonly InputDescription With = new("With", "String", "The e-mail address of whom to meet; whoever's turn it is where it is empty.");
    private static readonly InputDescription Place = new("Place", "String", "Where to meet, or the link of a video meeting.");
    private static readonly InputDescription Language = new("Language", "String", "The contact's language: en or da; that of the settings where it is empty.");

    public ChannelDescription Description { get; } = new("calendar", "Calendar", "Sends booking links and invitations by mail, and reads back what calendars answer.")
    {
        Icon = "event",
        Color = "#3E7A5C",
        AddressFact = "email",
        Actions =
        [
            new ChannelAction(CalendarChannel.OfferTimes, "Send a booking link", "Sends a mail with a link to a page on which the contact chooses a time; [booking_url] in the script is where it stands.")
            {
                Inputs = [Minutes, With, Place, Language, new("TimeZone", "String", "The contact's time zone, such as Europe/Copenhagen; that of the settings where it is empty. They can choose another.")],
            },
            new ChannelAction(CalendarChannel.Invite, "Send an invitation", "Sends an invitation to a time, or moves an earlier one to it.")
            {
                Inputs = [new("Start", "DateTimeOffset", "When it begins."), Minutes, With, Place, Language, new("Of", "String", "The earlier invitation that this one moves, as its step gave it; empty for a new one.")],
            },
            new ChannelAction(CalendarChannel.CancelInvitation, "Cancel an invitation", "Takes an invitation back; it disappears from calendars.")
            {
                Inputs = [new("Of", "String", "The invitation, as its step gave it; the last one of the conversation where it is empty."), Language],
            },
        ],
        Settings = CalendarSettings.Form,
    };

    public IChannel Open(ChannelSetup setup) => new CalendarChannel(setup);
}
