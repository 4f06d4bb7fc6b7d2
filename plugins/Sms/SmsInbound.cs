using System.Globalization;
using Playbook.Abstractions;
using Playbook.Once;
using Playbook.Twilio;

namespace Playbook.Sms;

/// <summary>What Twilio tells us, as events.</summary>
internal sealed class SmsInbound(KeyJournal journal)
{
    /// <summary>Without it Twilio would send the body of our answer to the contact.</summary>
    private const string Silence = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    public InboundAnswer Text(TwilioRequest request)
    {
        var form = request.Form;
        if ((form["MessageSid"] ?? form["SmsSid"]) is not { } sid)
            return new InboundAnswer(400, []) { Body = "There is no MessageSid; set this address as the webhook for incoming messages." };
        var text = form["Body"] ?? "";
        if (int.TryParse(form["NumMedia"], NumberStyles.None, CultureInfo.InvariantCulture, out var pictures) && pictures > 0)
            text = $"{text}\n[{pictures} attached; see the message in Twilio]".TrimStart();
        return InboundAnswer.Ok(Said(sid, request.At, text, form["From"], form["OptOutType"])) with { Body = Silence, ContentType = "text/xml; charset=utf-8" };
    }

    public InboundAnswer Report(TwilioRequest request)
    {
        var form = request.Form;
        if ((form["MessageSid"] ?? form["SmsSid"]) is not { } sid)
            return new InboundAnswer(400, []) { Body = "There is no MessageSid; this address takes reports on messages." };
        request.Note(journal, sid);
        var status = form["MessageStatus"] ?? form["SmsStatus"] ?? "";
        var code = int.TryParse(form["ErrorCode"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return InboundAnswer.Ok(Outcome(sid, request.At, status, code, form["To"]) is { } outcome ? [outcome with { MessageKey = request.MessageKey }] : []);
    }

    /// <summary>
    /// A text from a contact. One that is nothing but a word that stops us is no reply. Asking for help and wanting to hear
    /// from us again are replies: the one wants a person's answer, the other a consent that a person writes down.
    /// </summary>
    public static ChannelEvent Said(string sid, DateTimeOffset at, string text, string? from, string? optOutType = null)
    {
        var id = $"in:{sid}";
        ChannelEvent said = SmsWord.Wish(text) switch
        {
            _ when optOutType == "STOP" => new ChannelEvent.Unsubscribed(id, at, text),
            SmsWish.Stop => new ChannelEvent.Unsubscribed(id, at, text),
            SmsWish.Start => new ChannelEvent.Replied(id, at, text) { Subject = "Wants to hear from us again" },
            SmsWish.Help => new ChannelEvent.Replied(id, at, text) { Subject = "Asks for help" },
            _ => new ChannelEvent.Replied(id, at, text),
        };
        return said with { Address = from };
    }

    /// <summary>What became of a message; null for a stage on the way.</summary>
    public static ChannelEvent? Outcome(string sid, DateTimeOffset at, string status, int code, string? to)
    {
        var outcome = status.ToLowerInvariant() switch
        {
            "delivered" or "read" => new ChannelEvent.Delivered($"{sid}:delivered", at),
            "undelivered" => SmsErrors.Event($"{sid}:undelivered", at, code, "undelivered"),
            "failed" => SmsErrors.Event($"{sid}:failed", at, code, "failed"),
            _ => null,
        };
        return outcome is null ? null : outcome with { ProviderId = sid, Address = to };
    }
}
