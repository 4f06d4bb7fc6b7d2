using System.Diagnostics.CodeAnalysis;
using MimeKit;
using NodaTime;

namespace Playbook.Calendar.Hours;

/// <summary>A person who can be booked, written as one line: <c>Karen Lund &lt;karen@example.com&gt;; hours=Mon-Thu 10:00-15:00; zone=Europe/London; max=4; busy=https://…/karen.ics</c>.</summary>
/// <param name="Email">Small letters; what the person is known by.</param>
internal sealed record RepCard(string Name, string Email, WorkingHours Hours, DateTimeZone Zone, int DailyMax)
{
    /// <summary>A feed in iCalendar form of when they are busy; null for none.</summary>
    public Uri? Busy { get; init; }

    public static bool TryRead(string line, WorkingHours hours, DateTimeZone zone, int dailyMax, [NotNullWhen(true)] out RepCard? rep, [NotNullWhen(false)] out string? problem)
    {
        rep = null;
        var parts = line.Split(';', StringSplitOptions.TrimEntries);
        if (!MailboxAddress.TryParse(parts[0], out var mailbox) || !mailbox.Address.Contains('@', StringComparison.Ordinal))
        {
            problem = $"'{parts[0]}' is not a person with an e-mail address. Write each person as Karen Lund <karen@example.com>.";
            return false;
        }
        var name = string.IsNullOrWhiteSpace(mailbox.Name) ? mailbox.Address : mailbox.Name;
        var read = new RepCard(name, mailbox.Address.ToLowerInvariant(), hours, zone, dailyMax);
        for (var at = 1; at < parts.Length; at++)
        {
            if (parts[at].Length == 0)
                continue;
            var equals = parts[at].IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (parts[at], "") : (parts[at][..equals].Trim(), parts[at][(equals + 1)..].Trim());
            switch (key.ToUpperInvariant())
            {
                // More hours may follow after ';' as they may in the setting for all.
                case "HOURS":
                    while (at + 1 < parts.Length && !parts[at + 1].Contains('=', StringComparison.Ordinal))
                        value += "; " + parts[++at];
                    if (!WorkingHours.TryRead(value, out var own, out problem))
                    {
                        problem = $"{name}: {problem}";
                        return false;
                    }
                    read = read with { Hours = own };
                    break;
                case "ZONE" when DateTimeZoneProviders.Tzdb.GetZoneOrNull(value) is { } found:
                    read = read with { Zone = found };
                    break;
                case "MAX" when int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var most) && most is > 0 and < 100:
                    read = read with { DailyMax = most };
                    break;
                case "BUSY" when Uri.TryCreate(value, UriKind.Absolute, out var feed) && feed.Scheme is "https" or "http":
                    read = read with { Busy = feed };
                    break;
                default:
                    problem = $"{name}: '{parts[at]}' is not understood. There are hours=Mon-Fri 09:00-16:00, zone=Europe/Copenhagen, max=5 and busy=https://….";
                    return false;
            }
        }
        rep = read;
        problem = null;
        return true;
    }
}
