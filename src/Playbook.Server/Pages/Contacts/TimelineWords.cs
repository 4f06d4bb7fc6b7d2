using Playbook.Sales.Consent;
using Playbook.Sales.Sending;

namespace Playbook.Server.Pages.Contacts;

/// <summary>What happened, in a seller's words.</summary>
internal static class TimelineWords
{
    public static string ChannelName(string? channel) => channel switch
    {
        "email" => "e-mail", "sms" => "text message", "phone" => "phone", "social" => "social network", "letter" => "letter", "calendar" => "invitation", null => "", _ => channel,
    };

    public static TimelineItem Of(Touch touch)
    {
        var channel = ChannelName(touch.Channel);
        var (what, colour) = touch.Kind switch
        {
            TouchKind.Replied => ($"They answered by {channel}", "green"),
            TouchKind.AutoReplied => ("An automatic answer", ""),
            TouchKind.Bounced => ($"The {channel} came back", "amber"),
            TouchKind.Complained => ("They called it spam", "red"),
            TouchKind.Unsubscribed => ("They want no more messages", "red"),
            TouchKind.Answered => ("They answered the invitation", "green"),
            TouchKind.Failed => ($"The {channel} did not go through", "amber"),
            TouchKind.Delivered => ($"The {channel} reached them", ""),
            _ when touch.Direction == TouchDirection.In => ($"They were in touch by {channel}", "green"),
            _ => (touch.Channel == "phone" ? "Call" : $"{char.ToUpperInvariant(channel[0])}{channel[1..]} sent", ""),
        };
        var text = string.Join(" · ", new[] { touch.Subject, touch.Text }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return new(touch.Id.ToString("N"), touch.At, TimelineKind.Touch, what, text.Length == 0 ? null : text, null, touch.RunId is { } run ? $"/runs/{run}" : null, colour);
    }

    public static TimelineItem Of(ConsentEntry entry) => new(entry.Id.ToString("N"), entry.At, TimelineKind.Consent, Act(entry), entry.Wording, entry.By, null, entry.Act == ConsentAct.Given ? "green" : "red");

    public static TimelineItem Of(KeptDecision decision) => new(
        decision.Id.ToString("N"), decision.At, TimelineKind.Decision,
        $"{Capital(ChannelName(decision.Channel))} {(decision.Verdict switch { Verdict.Block => "was held back", Verdict.Wait => "has to wait", _ => "was allowed" })}", decision.Rule, null,
        decision.RunId is { } run ? $"/runs/{run}" : null, decision.Verdict switch { Verdict.Block => "red", Verdict.Wait => "amber", _ => "" });

    public static string Act(ConsentEntry entry)
    {
        var scope = entry.Scope == ConsentEntry.Everything ? "everything" : ChannelName(entry.Scope);
        return entry.Act switch
        {
            ConsentAct.Given => $"Agreed to {scope}",
            ConsentAct.Withdrawn => $"Took back the consent to {scope}",
            _ => $"Objected to {scope}",
        };
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
