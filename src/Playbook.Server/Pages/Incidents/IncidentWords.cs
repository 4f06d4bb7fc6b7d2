using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Playbook.Abstractions;
using Playbook.Server.Pages.Shell;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Pages.Incidents;

/// <summary>Faults in a seller's words, and which of them have the same cause.</summary>
public sealed partial class IncidentWords(IStringLocalizer<Texts> L)
{
    /// <summary>The cause without what tells one case from the next: how often it was tried, when, and whose address it was.</summary>
    public static string Cause(string message)
    {
        var bare = Tries().Replace(message, "");
        bare = Address().Replace(bare, "an address");
        bare = Dates().Replace(bare, "a date");
        return Spaces().Replace(bare, " ").Trim();
    }

    /// <summary>The first sentence: what everybody can see at a glance.</summary>
    public static string Headline(string cause)
    {
        var end = cause.IndexOf(": ", StringComparison.Ordinal);
        var first = end > 0 && end < 90 ? cause[..end] : cause.Split(". ", 2)[0];
        return first.Length > 120 ? first[..120] + "…" : first.TrimEnd('.');
    }

    public string Channel(ChannelIncidentKind kind) => kind switch
    {
        ChannelIncidentKind.Paused => L["A mailbox is paused"],
        ChannelIncidentKind.Complaint => L["Somebody called it spam"],
        _ => L["A message was turned away"],
    };

    public string What(ChannelEvent e) => e switch
    {
        ChannelEvent.Replied => L["wrote"], ChannelEvent.AutoReplied => L["answered by machine"], ChannelEvent.Bounced => L["Came back"].Small(), ChannelEvent.Complained => L["called it spam"],
        ChannelEvent.Unsubscribed => L["wants no more"], ChannelEvent.Answered answered => L["answered “{0}”", answered.Answer], ChannelEvent.Failed => L["did not go through"], _ => L["got it"],
    };

    /// <summary>What became of runs that stood still.</summary>
    public string Mended(Cure cure, int count) => (cure, count) switch
    {
        (Cure.Retry, 1) => L["1 run tried again."], (Cure.Retry, _) => L["{0} runs tried again.", Languages.Whole(count)],
        (Cure.Skip, 1) => L["1 run went on without it."], (Cure.Skip, _) => L["{0} runs went on without it.", Languages.Whole(count)],
        (_, 1) => L["1 run ended."], _ => L["{0} runs ended.", Languages.Whole(count)],
    };

    public static string? Text(ChannelEvent e) => e switch
    {
        ChannelEvent.Replied reply => reply.Subject is { Length: > 0 } subject ? $"{subject} · {reply.Text}" : reply.Text,
        ChannelEvent.AutoReplied away => away.Text, ChannelEvent.Bounced bounced => bounced.Reason, ChannelEvent.Unsubscribed no => no.Wording, ChannelEvent.Failed failed => failed.Reason, _ => null,
    };

    [GeneratedRegex(@"\s*(?:in \d+ attempts )?since \d{4}-\d\d-\d\d \d\d:\d\d UTC", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Tries();

    [GeneratedRegex(@"[^\s<>'""“”]+@[^\s<>'""“”,;]*[^\s<>'""“”,;.]", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Address();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Dates();

    [GeneratedRegex(@"\s{2,}", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Spaces();
}
