using System.Globalization;
using MimeKit;
using Playbook.Abstractions;
using Playbook.Email;

namespace Playbook.Calendar;

/// <summary>A mail server of the plugin's own, which takes everything and fails on command.</summary>
internal static class CalendarTrial
{
    public static ChannelTrial Start()
    {
        var server = new TrialMailServer();
        return new ChannelTrial(
            new Dictionary<string, string>
            {
                ["company"] = "Trial Ltd",
                ["from"] = "booking@trial.example",
                ["reps"] = "Bo Berg <bo@trial.example>",
                ["smtpHost"] = "127.0.0.1",
                ["smtpPort"] = server.Port.ToString(CultureInfo.InvariantCulture),
                ["smtpSecurity"] = "none",
            },
            "ada@trial.example",
            () => [.. server.Taken.Select(Read)])
        {
            Action = CalendarChannel.OfferTimes,
            Fail = fault => FailOnce(server, fault),
            Close = server.DisposeAsync,
        };
    }

    private static TakenMessage Read(TrialMailServer.TakenMail taken)
    {
        using var mail = MimeMessage.Load(new MemoryStream(taken.Content));
        return new TakenMessage(taken.To[0], mail.TextBody ?? "");
    }

    private static void FailOnce(TrialMailServer server, TrialFault fault)
    {
        var left = 1;
        server.Before = (_, command) => command == "." && Interlocked.Decrement(ref left) == 0
            ? fault switch
            {
                TrialFault.Busy => new TrialMailServer.Reply("451 4.3.2 Too busy, try again later"),
                TrialFault.Silent => new TrialMailServer.Reply(null) { IsSilent = true },
                _ => new TrialMailServer.Reply(null) { HangsUp = true, Takes = true },
            }
            : null;
    }
}
