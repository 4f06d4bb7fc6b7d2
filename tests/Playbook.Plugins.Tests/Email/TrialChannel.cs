using MimeKit;
using Playbook.Email;

namespace Playbook.Tests.Email;

/// <summary>The channel against the SMTP server made of code.</summary>
internal sealed class TrialChannel : IAsyncDisposable
{
    public TrialChannel(IReadOnlyDictionary<string, string>? settings = null, TimeProvider? clock = null)
    {
        Settings = new Dictionary<string, string>
        {
            ["fromName"] = "Ours Ltd",
            ["fromAddress"] = "sales@ours.test",
            ["smtpHost"] = "127.0.0.1",
            ["smtpPort"] = $"{Server.Port}",
            ["smtpSecurity"] = "none",
            ["smtpConnections"] = "1",
            ["checkDns"] = "false",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            Settings[name] = value;
        Open = new OpenChannel(Settings, clock: clock);
    }

    public TrialMailServer Server { get; } = new();

    public Dictionary<string, string> Settings { get; }

    public OpenChannel Open { get; }

    /// <summary>The mails that were taken, as their receivers get them.</summary>
    public IReadOnlyList<MimeMessage> Mails => [.. Server.Taken.Select(mail => MailServers.Parse(mail.Content))];

    public async ValueTask DisposeAsync()
    {
        await Open.DisposeAsync();
        await Server.DisposeAsync();
    }
}
