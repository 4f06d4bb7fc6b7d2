using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>The mail server of a trial, which fails at the next message when it is told to.</summary>
internal static class MailTrial
{
    public static ChannelTrial Begin()
    {
        var server = new TrialMailServer();
        var settings = new Dictionary<string, string>
        {
            ["fromName"] = "Trial",
            ["fromAddress"] = "sales@trial.example.org",
            ["smtpHost"] = "127.0.0.1",
            ["smtpPort"] = $"{server.Port}",
            ["smtpSecurity"] = "none",
            ["checkDns"] = "false",
        };
        return new ChannelTrial(settings, "ada@example.org", () => [.. server.Taken.Select(AsTaken)])
        {
            Fail = fault => FailOnce(server, fault),
            Close = server.DisposeAsync,
        };
    }

    private static void FailOnce(TrialMailServer server, TrialFault fault)
    {
        var left = 1;
        var (at, reply) = fault switch
        {
            TrialFault.Busy => ("MAIL", new TrialMailServer.Reply("451 4.3.2 Too busy, try again in 7 seconds")),
            TrialFault.Silent => ("MAIL", new TrialMailServer.Reply(null) { IsSilent = true }),
            _ => (".", new TrialMailServer.Reply(null) { HangsUp = true, Takes = true }),
        };
        server.Before = (_, command) => command.StartsWith(at, StringComparison.Ordinal) && Interlocked.Exchange(ref left, 0) == 1 ? reply : null;
    }

    private static TakenMessage AsTaken(TrialMailServer.TakenMail mail)
    {
        using var message = MimeMessage.Load(new MemoryStream(mail.Content));
        return new TakenMessage(mail.To[0], message.TextBody ?? "");
    }
}
