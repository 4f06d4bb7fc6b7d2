using Playbook.Abstractions;
using Playbook.Twilio;

namespace Playbook.Sms;

/// <summary>This channel on a Twilio made of code.</summary>
internal static class SmsTrial
{
    private const string Contact = "+4512345678";

    public static ChannelTrial Of(ChannelSetup setup)
    {
        var twilio = new TrialTwilio(setup.Clock);
        return new ChannelTrial(TrialTwilio.Settings, Contact, () => [.. twilio.Taken.Select(form => new TakenMessage(form["To"]!, form["Body"]!))])
        {
            Action = "Send",
            Provider = twilio.Answer,
            Webhooks = sid => Requests(setup.PublicUrl!, sid),
            Forged = sid => [.. Requests(setup.PublicUrl!, sid).SelectMany(TrialTwilio.Forge)],
        };
    }

    private static IReadOnlyList<InboundRequest> Requests(Uri publicUrl, string sid) =>
    [
        Report(publicUrl, sid, "sent"),
        Report(publicUrl, sid, "delivered"),
        TrialTwilio.Request(publicUrl, "", ("MessageSid", "SM0000000000000000000000000000000a"), ("From", Contact), ("To", TrialTwilio.Number), ("Body", "Ja tak! 😀"), ("NumMedia", "0")),
        TrialTwilio.Request(publicUrl, "", ("MessageSid", "SM0000000000000000000000000000000b"), ("From", Contact), ("To", TrialTwilio.Number), ("Body", "Afmeld."), ("NumMedia", "0")),
    ];

    private static InboundRequest Report(Uri publicUrl, string sid, string status) =>
        TrialTwilio.Request(new Uri(publicUrl, SmsChannel.StatusPath), SmsChannel.StatusPath, ("MessageSid", sid), ("MessageStatus", status), ("To", Contact));
}
