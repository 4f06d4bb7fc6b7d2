using System.Text.RegularExpressions;
using Playbook.Abstractions;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Pages.Incidents;

/// <summary>Faults in a seller's words, and which of them have the same cause.</summary>
internal static partial class IncidentWords
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

    public static string Channel(ChannelIncidentKind kind) => kind switch
    {
        ChannelIncidentKind.Paused => "A mailbox is paused",
        ChannelIncidentKind.Complaint => "Somebody called it spam",
        _ => "A message was turned away",
    };

    public static string What(ChannelEvent e) => e switch
    {
        ChannelEvent.Replied => "wrote", ChannelEvent.AutoReplied => "answered by machine", ChannelEvent.Bounced => "came back", ChannelEvent.Complained => "called it spam",
        ChannelEvent.Unsubscribed => "wants no more", ChannelEvent.Answered answered => $"answered “{answered.Answer}”", ChannelEvent.Failed => "did not go through", _ => "got it",
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
