using System.Globalization;
using System.Xml.Linq;
using Playbook.Abstractions;
using Playbook.Once;
using Playbook.Twilio;

namespace Playbook.Phone;

/// <summary>What Twilio asks and tells while a call is made.</summary>
internal sealed class CallReports(KeyJournal journal, PhoneSettings settings, Uri? publicUrl)
{
    /// <summary>Twilio asks what to do when the caller has taken up.</summary>
    public const string ConnectPath = "connect";

    /// <summary>How the call to the caller's own phone goes.</summary>
    public const string CallerPath = "caller";

    /// <summary>How the call to the contact goes.</summary>
    public const string ContactPath = "contact";

    public static IReadOnlyList<string> Stages { get; } = ["initiated", "ringing", "answered", "completed"];

    private static readonly HashSet<string> Unreachable = ["404", "410", "484", "604"]; // SIP: there is no such number

    public InboundAnswer Answer(TwilioRequest request)
    {
        var sid = request.Form["CallSid"];
        if (sid is null)
            return new InboundAnswer(400, []) { Body = "There is no CallSid; this address takes what Twilio says of calls." };
        if (request.Path == ContactPath)
        {
            request.Note(journal, request.Form["ParentCallSid"]);
            return InboundAnswer.Ok(OfContact(request, sid) is { } told ? [told] : []);
        }

        if (request.Path == ConnectPath)
            return Xml(IsOurs(request, sid) && E164.Of(request.Query.GetValueOrDefault("to")) is { } contact
                ? Connect(contact, request.MessageKey)
                : new XElement("Response", new XElement("Hangup")).ToString(SaveOptions.DisableFormatting));
        request.Note(journal, sid);
        return InboundAnswer.Ok(OfCaller(request, sid) is { } end ? [end] : []);
    }

    /// <summary>What to do when the caller has taken up: ring the contact.</summary>
    public string Connect(string contact, string? key)
    {
        var number = new XElement("Number", contact);
        if (key is not null && publicUrl is not null)
            number.Add(
                new XAttribute("statusCallback", TwilioRequest.Address(publicUrl, ContactPath, key)),
                new XAttribute("statusCallbackEvent", string.Join(' ', Stages)));
        return new XElement(
            "Response",
            new XElement("Dial", new XAttribute("callerId", settings.From), new XAttribute("timeout", 30), new XAttribute("answerOnBridge", "true"), number))
            .ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Only a call that was begun with a permit is connected.</summary>
    private bool IsOurs(TwilioRequest request, string sid)
    {
        if (request.MessageKey is not { } key || journal.Find(key) is not { } entry)
            return false;
        request.Note(journal, sid);
        return entry.ProviderId is null || entry.ProviderId == sid;
    }

    private static ChannelEvent? OfContact(TwilioRequest request, string sid)
    {
        var form = request.Form;
        var status = form["CallStatus"] ?? "";
        var id = $"{sid}:{status}";
        ChannelEvent? told = status switch
        {
            "ringing" => new ChannelEvent.Delivered(id, request.At),
            "in-progress" or "answered" => Said("answered"),
            "completed" => Said("completed"),
            "busy" => Said("busy"),
            "no-answer" => Said("no answer"),
            "canceled" => Said("cancelled"),
            "failed" when Unreachable.Contains(form["SipResponseCode"] ?? "") => new ChannelEvent.Bounced(id, request.At, BounceKind.Hard, "The network knows no such number; correct the contact's number."),
            "failed" => new ChannelEvent.Failed(id, request.At, $"The call could not be put through{Code(form)}; look it up in Twilio's call log."),
            _ => null,
        };
        return told is null ? null : told with { MessageKey = request.MessageKey, ProviderId = form["ParentCallSid"] ?? sid, Address = form["To"] ?? form["Called"] };

        ChannelEvent.Answered Said(string answer) => new(id, request.At, answer) { Data = Data(form) };
    }

    /// <summary>Only where the caller's own phone was not taken up, so that the contact's never rang.</summary>
    private static ChannelEvent.Failed? OfCaller(TwilioRequest request, string sid)
    {
        var reason = request.Form["CallStatus"] switch
        {
            "busy" => "Your own phone was engaged, so the contact was not called; hang up and press again.",
            "no-answer" => "Your own phone was not taken up, so the contact was not called; press again and take it up.",
            "canceled" => "The call was called off before the contact's phone rang.",
            "failed" => $"Your own phone could not be reached{Code(request.Form)}, so the contact was not called; look at its number in the phone channel's settings.",
            _ => null,
        };
        return reason is null ? null : new ChannelEvent.Failed($"{sid}:{request.Form["CallStatus"]}", request.At, reason) { MessageKey = request.MessageKey, ProviderId = sid };
    }

    private static Dictionary<string, object?> Data(FormValues form)
    {
        var data = new Dictionary<string, object?>();
        if (long.TryParse(form["CallDuration"] ?? form["Duration"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            data["seconds"] = seconds;
        return data;
    }

    private static string Code(FormValues form) => (form["ErrorCode"] ?? form["SipResponseCode"]) is { } code ? $" ({code})" : "";

    private static InboundAnswer Xml(string body) => InboundAnswer.Ok() with { Body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body, ContentType = "text/xml; charset=utf-8" };
}
