using Microsoft.Extensions.Localization;
using Playbook.Sales.Consent;
using Playbook.Sales.Sending;
using Playbook.Server.Pages.Shell;

namespace Playbook.Server.Pages.Contacts;

/// <summary>What happened, in a seller's words.</summary>
public sealed class TimelineWords(IStringLocalizer<Texts> L, ChannelNames channels)
{
    public TimelineItem Of(Touch touch)
    {
        var channel = channels.Of(touch.Channel);
        (string what, var colour) = touch.Kind switch
        {
            TouchKind.Replied => (Languages.Large(L["they answered by {0}", channel]), "green"),
            TouchKind.AutoReplied => (L["An automatic answer"].Value, ""),
            TouchKind.Bounced => (L["The {0} came back", channel].Value, "amber"),
            TouchKind.Complained => (Languages.Large(L["they called it spam"]), "red"),
            TouchKind.Unsubscribed => (L["They want no more messages"].Value, "red"),
            TouchKind.Answered => (Languages.Large(L["they answered the invitation"]), "green"),
            TouchKind.Failed => (L["The {0} did not go through", channel].Value, "amber"),
            TouchKind.Delivered => (L["The {0} reached them", channel].Value, ""),
            _ when touch.Direction == TouchDirection.In => (L["They were in touch by {0}", channel].Value, "green"),
            _ => (touch.Channel == "phone" ? L["Call"].Value : Languages.Large(L["{0} sent", channel]), ""),
        };
        var text = string.Join(" · ", new[] { touch.Subject, touch.Text }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return new(touch.Id.ToString("N"), touch.At, TimelineKind.Touch, what, text.Length == 0 ? null : text, null, touch.RunId is { } run ? $"/runs/{run}" : null, colour);
    }

    public TimelineItem Of(ConsentEntry entry) => new(entry.Id.ToString("N"), entry.At, TimelineKind.Consent, Act(entry), entry.Wording, entry.By, null, entry.Act == ConsentAct.Given ? "green" : "red");

    /// <summary>What was decided of one message by one rule, as often as it was asked: the last time tells.</summary>
    public TimelineItem Of(IEnumerable<KeptDecision> same)
    {
        var all = same.OrderByDescending(decision => decision.At).ToList();
        var (last, times) = (all[0], all.Count);
        var channel = channels.Of(last.Channel);
        var what = Languages.Large(last.Verdict switch { Verdict.Block => L["{0} was held back", channel], Verdict.Wait => L["{0} had to wait", channel], _ => L["{0} was allowed", channel] });
        if (times > 1)
            what = L["{0}, {1} times", what, times];
        return new(
            last.Id.ToString("N"), last.At, TimelineKind.Decision, what, last.Rule, null, last.RunId is { } run ? $"/runs/{run}" : null, last.Verdict switch { Verdict.Block => "red", Verdict.Wait => "amber", _ => "" });
    }

    public string Act(ConsentEntry entry)
    {
        var scope = entry.Scope == ConsentEntry.Everything ? L["Everything"].Small() : channels.Of(entry.Scope);
        return entry.Act switch
        {
            ConsentAct.Given => L["Agreed to {0}", scope],
            ConsentAct.Withdrawn => L["Took back the consent to {0}", scope],
            _ => L["Objected to {0}", scope],
        };
    }
}
