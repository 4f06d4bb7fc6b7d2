using Playbook.Abstractions;
using Playbook.Twilio;

namespace Playbook.Phone;

/// <summary>This channel on a Twilio made of code.</summary>
internal static class PhoneTrial
{
    private const string Contact = "+4512345678";

    public static ChannelTrial Of(ChannelSetup setup)
    {
        var twilio = new TrialTwilio(setup.Clock);
        var settings = TrialTwilio.Settings;
        settings["rep_phones"] = "bo@example.org +45 87 65 43 21";
        // Nobody reads a call: its text is in the script that the caller has before them.
        return new ChannelTrial(settings, Contact, () => [.. twilio.Taken.Select(form => new TakenMessage(Dialled(form), ""))])
        {
            Action = "Call",
            Provider = twilio.Answer,
            Webhooks = sid => Requests(setup.PublicUrl!, sid),
            Forged = sid => [.. Requests(setup.PublicUrl!, sid).SelectMany(TrialTwilio.Forge)],
        };
    }

    private static string Dialled(FormValues form) =>
        FormValues.Parse(System.Text.Encoding.UTF8.GetBytes(new Uri(form["Url"]!).Query.TrimStart('?')))["to"]!;

    private static IReadOnlyList<InboundRequest> Requests(Uri publicUrl, string sid) =>
        [.. new[] { "initiated", "ringing", "in-progress", "completed" }.Select(status => TrialTwilio.Request(
            new Uri(publicUrl, CallReports.ContactPath), CallReports.ContactPath,
            ("CallSid", "CA0000000000000000000000000000000a"), ("ParentCallSid", sid), ("CallStatus", status), ("To", Contact), ("CallDuration", "42")))];
}
