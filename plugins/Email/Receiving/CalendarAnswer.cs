using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>Answers to an invitation (RFC 5546 METHOD:REPLY and COUNTER), with the invitation's UID.</summary>
internal static class CalendarAnswer
{
    /// <summary>Null where the mail is none.</summary>
    public static ChannelEvent? Read(IncomingMail mail)
    {
        foreach (var part in mail.Message.BodyParts.OfType<MimePart>())
        {
            if (!part.ContentType.IsMimeType("text", "calendar") && !part.ContentType.IsMimeType("application", "ics"))
                continue;
            var lines = Lines(MailText.Decode(part));
            var method = Value(lines, "METHOD") ?? part.ContentType.Parameters["method"];
            if (Answer(lines, method?.Trim().ToUpperInvariant()) is not { } answer)
                continue;
            var data = new Dictionary<string, object?>();
            Keep(data, "uid", Value(lines, "UID"));
            Keep(data, "attendee", Value(lines, "ATTENDEE")?.Replace("mailto:", "", StringComparison.OrdinalIgnoreCase));
            Keep(data, "comment", Value(lines, "COMMENT") is { } comment ? Unescaped(comment) : null);
            if (answer == "proposed")
            {
                Keep(data, "start", Line(lines, "DTSTART"));
                Keep(data, "end", Line(lines, "DTEND"));
            }

            return mail.About(new ChannelEvent.Answered(mail.EventId, mail.At, answer) { Data = data });
        }

        return null;
    }

    private static string? Answer(List<string> lines, string? method) => method switch
    {
        "COUNTER" => "proposed",
        "REPLY" => Status(lines) switch { "ACCEPTED" => "accepted", "DECLINED" => "declined", "TENTATIVE" => "tentative", _ => null },
        _ => null,
    };

    private static string? Status(List<string> lines)
    {
        var attendee = lines.FirstOrDefault(line => line.StartsWith("ATTENDEE", StringComparison.OrdinalIgnoreCase)) ?? "";
        var at = attendee.IndexOf("PARTSTAT=", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : string.Concat(attendee[(at + 9)..].TakeWhile(letter => char.IsLetter(letter) || letter == '-')).ToUpperInvariant();
    }

    /// <summary>Folded lines made whole again (RFC 5545 3.1); only those of the event, not of time zones or alarms.</summary>
    private static List<string> Lines(string text)
    {
        var whole = text.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var kept = new List<string>();
        var inside = new Stack<string>();
        foreach (var line in whole)
        {
            if (line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase))
                inside.Push(line[6..].Trim().ToUpperInvariant());
            else if (line.StartsWith("END:", StringComparison.OrdinalIgnoreCase))
                inside.TryPop(out _);
            else if (inside.TryPeek(out var component) && component is "VCALENDAR" or "VEVENT")
                kept.Add(line);
        }

        return kept;
    }

    private static string? Line(List<string> lines, string name) => lines.FirstOrDefault(line =>
        line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && line.Length > name.Length && line[name.Length] is ':' or ';');

    private static string? Value(List<string> lines, string name)
    {
        if (Line(lines, name) is not { } line)
            return null;
        // A colon within quotes belongs to a parameter.
        var quoted = false;
        for (var at = name.Length; at < line.Length; at++)
        {
            if (line[at] == '"')
                quoted = !quoted;
            else if (line[at] == ':' && !quoted)
                return line[(at + 1)..].Trim();
        }

        return null;
    }

    private static string Unescaped(string text) => text.Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    private static void Keep(Dictionary<string, object?> data, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            data[name] = value;
    }
}
