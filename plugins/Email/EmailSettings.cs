using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Security;
using MimeKit;

namespace Playbook.Email;

/// <summary>A server to connect to.</summary>
internal sealed record MailServer(string Host, int Port, SecureSocketOptions Security, string? User, string? Password)
{
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>The settings, read once.</summary>
internal sealed record EmailSettings
{
    public required string FromName { get; init; }

    public required MailboxAddress From { get; init; }

    public IReadOnlyList<string> OtherSenders { get; init; } = [];

    /// <summary>The address of the mailbox that is read.</summary>
    public required MailboxAddress ReplyTo { get; init; }

    public bool HasReplyTo { get; init; }

    public bool PlusAddressing { get; init; }

    public required MailboxAddress Bounces { get; init; }

    public string? PostalAddress { get; init; }

    public required string UnsubscribeLine { get; init; }

    public string? FeedbackId { get; init; }

    public required MailServer Smtp { get; init; }

    public int Connections { get; init; }

    public int MessagesPerConnection { get; init; }

    public MailServer? Imap { get; init; }

    public required string ImapFolder { get; init; }

    public TimeSpan PollEvery { get; init; }

    public X509Certificate2Collection Trusted { get; init; } = [];

    public required string DkimDomain { get; init; }

    public IReadOnlyList<DkimKey> DkimKeys { get; init; } = [];

    /// <summary>The selector of a provider that signs for us; null where we do or nobody is known to.</summary>
    public string? ProviderSelector { get; init; }

    public int? CapPerDay { get; init; }

    public int? CapPerHour { get; init; }

    public DateOnly? RampStart { get; init; }

    public int RampFirstDay { get; init; }

    public int RampGrowth { get; init; }

    public bool ChecksDns { get; init; }

    public string? DnsServer { get; init; }

    /// <exception cref="FormatException">A setting cannot be used; the message names it and the cure.</exception>
    public static EmailSettings Read(IReadOnlyDictionary<string, string> settings)
    {
        var values = new Values(settings);
        var from = values.Address("fromAddress") ?? throw new FormatException("The sender's address is missing; enter the address that messages come from.");
        var replyTo = values.Address("replyTo");
        var dkimDomain = values.Text("dkimDomain") ?? from.Domain;
        var keys = new List<DkimKey>();
        values.AddDkimKey(keys, dkimDomain, "dkimSelector", "dkimKey");
        values.AddDkimKey(keys, dkimDomain, "dkimSecondSelector", "dkimSecondKey");
        return new EmailSettings
        {
            FromName = values.Text("fromName") ?? throw new FormatException("The sender's name is missing; enter what receivers read, such as the company's name."),
            From = from,
            OtherSenders = values.Lines("fromAddresses"),
            ReplyTo = replyTo ?? from,
            HasReplyTo = replyTo is not null,
            PlusAddressing = values.Flag("plusAddressing", true),
            Bounces = values.Address("bounceAddress") ?? replyTo ?? from,
            PostalAddress = values.Text("postalAddress"),
            UnsubscribeLine = values.Text("unsubscribeLine") ?? "No more e-mail from us: {url}",
            FeedbackId = values.Text("feedbackId"),
            Smtp = values.Server("smtp", 587, "starttls") ?? throw new FormatException("The SMTP server is missing; enter its name, such as smtp.example.org."),
            Connections = values.Number("smtpConnections", 1, 50) ?? 4,
            MessagesPerConnection = values.Number("messagesPerConnection", 1, 100000) ?? 100,
            Imap = values.Server("imap", 993, "tls"),
            ImapFolder = values.Text("imapFolder") ?? "INBOX",
            PollEvery = TimeSpan.FromSeconds(values.Number("pollSeconds", 1, 3600) ?? 60),
            Trusted = values.Certificates("trustedCertificate"),
            DkimDomain = dkimDomain,
            DkimKeys = keys,
            ProviderSelector = keys.Count == 0 ? values.Text("dkimSelector") : null,
            CapPerDay = values.Number("capPerDay", 1, 1_000_000),
            CapPerHour = values.Number("capPerHour", 1, 1_000_000),
            RampStart = values.Date("rampStart"),
            RampFirstDay = values.Number("rampFirstDay", 1, 100_000) ?? 20,
            RampGrowth = values.Number("rampGrowth", 1, 200) ?? 25,
            ChecksDns = values.Flag("checkDns", true),
            DnsServer = values.Text("dnsServer"),
        };
    }

    private sealed class Values(IReadOnlyDictionary<string, string> settings)
    {
        public string? Text(string name) => settings.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        public IReadOnlyList<string> Lines(string name) =>
            (Text(name) ?? "").Split(['\n', '\r', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        public bool Flag(string name, bool otherwise) => Text(name) is { } value ? value is "true" or "True" or "on" or "1" or "yes" : otherwise;

        public int? Number(string name, int min, int max) => Text(name) switch
        {
            null => null,
            var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max => number,
            var text => throw new FormatException($"The setting {name} is '{text}'; enter a whole number from {min} to {max}."),
        };

        public DateOnly? Date(string name) => Text(name) switch
        {
            null => null,
            var text when DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var date) => date,
            var text => throw new FormatException($"The setting {name} is '{text}'; enter a date such as 2026-03-02."),
        };

        public MailboxAddress? Address(string name) => Text(name) switch
        {
            null => null,
            var text when MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0 => address,
            var text => throw new FormatException($"The setting {name} is '{text}', which is not an e-mail address; enter one such as sales@example.org."),
        };

        public MailServer? Server(string prefix, int port, string security)
        {
            if (Text(prefix + "Host") is not { } host)
                return null;
            var options = (Text(prefix + "Security") ?? security) switch
            {
                "starttls" => SecureSocketOptions.StartTls,
                "tls" => SecureSocketOptions.SslOnConnect,
                "none" => SecureSocketOptions.None,
                var other => throw new FormatException($"The setting {prefix}Security is '{other}'; choose starttls, tls or none."),
            };
            return new MailServer(host, Number(prefix + "Port", 1, 65535) ?? port, options, Text(prefix + "User"), settings.GetValueOrDefault(prefix + "Password"));
        }

        public X509Certificate2Collection Certificates(string name)
        {
            var found = new X509Certificate2Collection();
            if (Text(name) is not { } pem)
                return found;
            try
            {
                found.ImportFromPem(pem);
            }
            catch (CryptographicException fault)
            {
                throw new FormatException($"The certificate to trust cannot be read ({fault.Message}); paste it whole, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.", fault);
            }

            return found.Count > 0 ? found : throw new FormatException("The certificate to trust holds none; paste it whole, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.");
        }

        public void AddDkimKey(List<DkimKey> keys, string domain, string selectorName, string keyName)
        {
            if (Text(keyName) is not { } key)
                return;
            keys.Add(DkimKey.Read(domain, Text(selectorName) ?? throw new FormatException($"There is a DKIM private key, but {selectorName} is empty; enter the name under which the public key is published, such as playbook."), key));
        }
    }
}
