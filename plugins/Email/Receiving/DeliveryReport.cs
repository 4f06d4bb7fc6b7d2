using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>What became of a message, as servers report it (RFC 3464), and receipts that a reader sent (RFC 8098).</summary>
internal static class DeliveryReport
{
    /// <summary>Null where the mail is no such report.</summary>
    public static IReadOnlyList<ChannelEvent>? Read(IncomingMail mail)
    {
        var parts = mail.Message.BodyParts.ToList();
        if (parts.OfType<MessageDispositionNotification>().FirstOrDefault() is { } receipt)
            return [mail.About(new ChannelEvent.Delivered(mail.EventId, mail.At), OfReceipt(mail, receipt), mail.Sender?.Address)];
        if (parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status)
            return null;
        var groups = Groups(status);
        var original = ReturnedOriginal.In(mail.Message);
        var match = MessageMatch.OfIds(original?.MessageId, "returned original")
            ?? (groups.Count > 0 ? ByText(groups[0]["Original-Envelope-Id"], "envelope id") : null)
            ?? MessageMatch.OfAnswer(mail.Message) switch { { By: "plus-address" } found => found with { By = "VERP" }, var found => found }
            ?? ByText(original?.Text, "returned original");
        var events = new List<ChannelEvent>();
        foreach (var group in groups.Where(group => group["Final-Recipient"] is not null || group["Original-Recipient"] is not null || group["Action"] is not null))
        {
            var id = events.Count == 0 ? mail.EventId : $"{mail.EventId}-{events.Count}";
            if (About(group, id, mail.At) is { } happened)
                events.Add(mail.About(happened, match, Address(group["Original-Recipient"]) ?? Address(group["Final-Recipient"]) ?? original?.To));
        }

        return events;
    }

    private static ChannelEvent? About(HeaderList group, string id, DateTimeOffset at)
    {
        var status = BounceReason.StatusIn(group["Status"] ?? "");
        var said = Said(group["Diagnostic-Code"]);
        return (group["Action"] ?? "").Trim().ToLowerInvariant() switch
        {
            // Late is not lost: the server goes on trying, and says so where it gives up.
            "delayed" => null,
            "delivered" or "relayed" or "expanded" => new ChannelEvent.Delivered(id, at),
            "failed" => new ChannelEvent.Bounced(id, at, BounceReason.Kind(status, said), Reason(status, said)),
            // Some leave the action out; a code is enough.
            _ when status is not null && status[0] is '5' => new ChannelEvent.Bounced(id, at, BounceReason.Kind(status, said), Reason(status, said)),
            _ => null,
        };
    }

    private static string Reason(string? status, string said) => (status, said) switch
    {
        (null, "") => "The mail server gave no reason.",
        (null, _) => said,
        (_, "") => status,
        _ => said.Contains(status, StringComparison.Ordinal) ? said : $"{status} {said}",
    };

    /// <summary><c>smtp; 550 5.1.1 User unknown</c> without its type, on one line.</summary>
    private static string Said(string? diagnostic)
    {
        var text = string.Join(' ', (diagnostic ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var type = text.IndexOf(';', StringComparison.Ordinal);
        text = type is > 0 and < 20 ? text[(type + 1)..].Trim() : text;
        return text.Length > 500 ? text[..500] : text;
    }

    private static string? Address(string? recipient)
    {
        if (recipient is null)
            return null;
        var address = recipient[(recipient.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>');
        return address.Contains('@', StringComparison.Ordinal) ? address : null;
    }

    private static MessageMatch? OfReceipt(IncomingMail mail, MessageDispositionNotification receipt)
    {
        try
        {
            return MessageMatch.OfIds(receipt.Fields["Original-Message-ID"], "returned original") ?? mail.Match;
        }
        catch (FormatException)
        {
            return mail.Match;
        }
    }

    private static List<HeaderList> Groups(MessageDeliveryStatus status)
    {
        try
        {
            return [.. status.StatusGroups];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static MessageMatch? ByText(string? text, string by) => text is not null && MailMark.InText(text) is { } mark ? new MessageMatch(mark, by) : null;
}
