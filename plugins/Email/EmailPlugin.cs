using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>E-mail over the user's own mail server: SMTP out, IMAP in.</summary>
public sealed class EmailPlugin : IChannelPlugin
{
    public ChannelDescription Description { get; } = new("email", "E-mail", "Sends by SMTP and reads answers, bounces and unsubscriptions from a mailbox by IMAP.")
    {
        Icon = "mail",
        Color = "#235FA9",
        AddressFact = "email",
        Settings =
        [
            new("fromName", "Sender's name") { Required = true, Help = "What receivers read where a message names no person, such as the company's name." },
            new("fromAddress", "Sender's address", "email") { Required = true, Help = "The address that messages come from." },
            new("fromAddresses", "Other senders' addresses", "multiline") { Help = "One a line: an address, or @example.org for all of a domain. A message from anyone else leaves from the sender's address, under that person's name." },
            new("replyTo", "Address for answers", "email") { Help = "The address of the mailbox that is read below; empty for the sender's address." },
            new("plusAddressing", "Mark answers by a plus-address", "checkbox") { Default = "true", Help = "Answers go to name+mark@…, so that one without thread headers finds its message. Off where the mail server does not know plus-addresses." },
            new("bounceAddress", "Address for bounces", "email") { Help = "The envelope's sender; empty for the address for answers. It must arrive in the mailbox that is read below." },
            new("postalAddress", "Postal address", "multiline") { Help = "Stands below each message that can be unsubscribed from, as CAN-SPAM asks." },
            new("unsubscribeLine", "Line with the link to unsubscribe") { Default = "No more e-mail from us: {url}", Help = "Added where a message does not hold the link itself; {url} is the link." },
            new("feedbackId", "Feedback-ID") { Help = "A name for Gmail's figures on complaints, such as sales:acme; empty for none." },

            new("smtpHost", "SMTP server") { Required = true },
            new("smtpPort", "SMTP port", "number") { Default = "587", Min = 1, Max = 65535 },
            new("smtpSecurity", "SMTP encryption", "choice") { Options = ["starttls", "tls", "none"], Default = "starttls", Help = "starttls for port 587 and 25, tls for port 465, none only for a server on this machine." },
            new("smtpUser", "SMTP user") { Help = "Empty where the server asks for none." },
            new("smtpPassword", "SMTP password", "secret"),
            new("smtpConnections", "SMTP connections at a time", "number") { Default = "4", Min = 1, Max = 50 },
            new("messagesPerConnection", "Messages per connection", "number") { Default = "100", Min = 1, Max = 100000 },

            new("imapHost", "IMAP server") { Help = "Empty where nothing is to be read; then answers and bounces reach nobody here." },
            new("imapPort", "IMAP port", "number") { Default = "993", Min = 1, Max = 65535 },
            new("imapSecurity", "IMAP encryption", "choice") { Options = ["tls", "starttls", "none"], Default = "tls", Help = "tls for port 993, starttls for port 143, none only for a server on this machine." },
            new("imapUser", "IMAP user"),
            new("imapPassword", "IMAP password", "secret"),
            new("imapFolder", "Folder") { Default = "INBOX" },
            new("pollSeconds", "Ask every so many seconds", "number") { Default = "60", Min = 5, Max = 3600, Help = "Used where the server cannot announce new mail by itself (IDLE)." },
            new("trustedCertificate", "Certificate to trust", "multiline") { Help = "PEM of a certificate that no public authority vouches for: the server's own, or that of its authority." },

            new("dkimDomain", "DKIM domain") { Help = "Empty for the domain of the sender's address." },
            new("dkimSelector", "DKIM selector") { Help = "With a private key, messages are signed here. Without one, it is the selector that your mail provider signs with, and only checked." },
            new("dkimKey", "DKIM private key (RSA)", "secret") { Help = "PEM or its base64, at least 1024 bits, better 2048." },
            new("dkimSecondSelector", "Second DKIM selector") { Help = "For a second signature by Ed25519 (RFC 8463)." },
            new("dkimSecondKey", "Second DKIM private key (Ed25519)", "secret"),

            new("capPerDay", "Most messages in 24 hours", "number") { Min = 1, Max = 1000000, Help = "What the mail provider allows for this mailbox, or less; empty for no limit here." },
            new("capPerHour", "Most messages in an hour", "number") { Min = 1, Max = 1000000 },
            new("rampStart", "Ramp-up began on", "date") { Help = "A new mailbox that sends much at once is taken for a spammer's: from this day on it may send a little more each day." },
            new("rampFirstDay", "Messages on the first day", "number") { Default = "20", Min = 1, Max = 100000 },
            new("rampGrowth", "More each day, in percent", "number") { Default = "25", Min = 1, Max = 200 },

            new("checkDns", "Check SPF, DKIM and DMARC", "checkbox") { Default = "true", Help = "Asked when the settings are tested." },
            new("dnsServer", "DNS server") { Help = "Address of the name server to ask, with :port where it is not 53; empty for this machine's." },
        ],
    };

    public IChannel Open(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return new EmailChannel(EmailSettings.Read(setup.Settings), setup);
    }

    public ChannelTrial? Trial(ChannelSetup setup) => MailTrial.Begin();
}
