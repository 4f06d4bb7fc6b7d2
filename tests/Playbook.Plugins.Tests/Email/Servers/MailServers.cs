using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Playbook.Tests.Email;

[CollectionDefinition(Name)]
public sealed class MailServersCollection : ICollectionFixture<MailServers>
{
    public const string Name = "mail servers";
}

/// <summary>
/// A real postfix and a real dovecot on 127.0.0.1, with all that they write in one folder. They deliver to mailboxes of
/// ours.test and customer.test only; whatever is for anybody else comes back. They end with the test, and with its process.
/// </summary>
public sealed class MailServers : IAsyncLifetime
{
    public const string Password = "a secret";

    private static readonly string[] _programs = ["/usr/lib/postfix/sbin/master", "/usr/sbin/dovecot", "/usr/lib/dovecot/modules/lib90_sieve_plugin.so", "/usr/lib/postfix/sbin/lmtp"];

    private readonly List<Process> _running = [];
    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>Why the servers cannot be started here; null where they run.</summary>
    public string? Missing { get; private set; }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "playbook-mail-" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[^12..]);

    public int Smtp { get; } = FreePort();

    public int SmtpTls { get; } = FreePort();

    public int Imap { get; } = FreePort();

    public int ImapTls { get; } = FreePort();

    public string CertificatePem { get; private set; } = "";

    /// <summary>Skips the test where the servers are missing and nobody promised them.</summary>
    public void Need() => Assert.SkipWhen(Missing is not null, Missing ?? "");

    public async ValueTask InitializeAsync()
    {
        Missing = _programs.Where(program => !File.Exists(program)).ToList() is { Count: > 0 } absent
            ? $"Missing: {string.Join(", ", absent)}. Cure: ./build.sh test plugins installs postfix, dovecot-imapd, dovecot-lmtpd and dovecot-sieve, or run apt-get install for them."
            : Environment.UserName == "root" ? null : "postfix can be started by root only. Cure: run the tests as root.";
        if (Missing is not null)
        {
            Assert.True(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), Missing);
            return;
        }

        WriteCertificate();
        MailServerFiles.Write(this);
        await Run("chown", "postfix", Path.Combine(Folder, "data"));
        await Run("chown", "nobody:nogroup", Path.Combine(Folder, "mail"), Path.Combine(Folder, "sieve"));
        await Run("chmod", "0755", Folder);
        await Run("/usr/sbin/postfix", "-c", Path.Combine(Folder, "postfix"), "check");
        Start("/usr/lib/postfix/sbin/master", "-c", Path.Combine(Folder, "postfix"), "-d");
        Start("/usr/sbin/dovecot", "-F", "-c", Path.Combine(Folder, "dovecot", "dovecot.conf"));
        foreach (var port in new[] { Smtp, SmtpTls, Imap, ImapTls })
            await Until(() => Answers(port), $"Nothing answers on port {port}; look at mail.log and dovecot.log in {Folder}.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running)
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), _clock);
            await process.WaitForExitAsync(limit.Token);
            process.Dispose();
        }

        if (Missing is null)
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A mailbox that takes mail from now on.</summary>
    /// <param name="sieve">What its server does with a mail; null to keep it.</param>
    public string Mailbox(string address, int? bytes = null, string? sieve = null)
    {
        if (sieve is not null)
            File.WriteAllText(Path.Combine(Folder, "sieve", address + ".sieve"), sieve);
        // A file each: a common one is not read again within a second.
        File.WriteAllText(Path.Combine(Folder, "dovecot", "users", address), $"{address}:{{PLAIN}}{Password}::::::{(bytes is null ? "" : $"userdb_quota_rule=*:bytes={bytes}")}\n");
        return address;
    }

    /// <summary>Settings of the e-mail channel that sends from and reads this mailbox.</summary>
    public Dictionary<string, string> Settings(string address) => new()
    {
        ["fromName"] = "Ours Ltd",
        ["fromAddress"] = address,
        ["smtpHost"] = "localhost",
        ["smtpPort"] = $"{Smtp}",
        ["smtpSecurity"] = "starttls",
        ["smtpUser"] = address,
        ["smtpPassword"] = Password,
        ["imapHost"] = "localhost",
        ["imapPort"] = $"{ImapTls}",
        ["imapSecurity"] = "tls",
        ["imapUser"] = address,
        ["imapPassword"] = Password,
        ["trustedCertificate"] = CertificatePem,
        ["checkDns"] = "false",
    };

    /// <summary>All that lies in a mailbox, as it was stored.</summary>
    public IReadOnlyList<byte[]> Stored(string address)
    {
        var (name, domain) = (address.Split('@')[0], address.Split('@')[1]);
        return [.. new[] { "new", "cur" }.Select(part => Path.Combine(Folder, "mail", domain, name, part)).Where(Directory.Exists).SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }

    /// <summary>The first mail in a mailbox, once it is there.</summary>
    public async Task<MimeMessage> Arrived(string address) => Parse(await ArrivedRaw(address));

    public async Task<byte[]> ArrivedRaw(string address)
    {
        await Until(() => Task.FromResult(Stored(address).Count > 0), $"No mail arrived for {address}.");
        return Stored(address)[0];
    }

    public static MimeMessage Parse(byte[] mail) => MimeMessage.Load(new MemoryStream(mail));

    /// <summary>Sends as somebody else than us would, by a client of its own.</summary>
    public async Task Deliver(MimeMessage mail, string from, string to)
    {
        using var client = new SmtpClient();
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && shown.ExportCertificatePem() == CertificatePem;
        await client.ConnectAsync("127.0.0.1", Smtp, SecureSocketOptions.StartTls);
        await client.SendAsync(mail, from.Length == 0 ? new MailboxAddress("", "") : MailboxAddress.Parse(from), [MailboxAddress.Parse(to)]);
        await client.DisconnectAsync(true);
    }

    public async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        var began = _clock.GetTimestamp();
        while (!await holds())
        {
            Assert.True(_clock.GetElapsedTime(began) < TimeSpan.FromSeconds(120), otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(30), _clock);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(_clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddDays(2));
        CertificatePem = certificate.ExportCertificatePem();
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "certificate.pem"), CertificatePem);
        File.WriteAllText(Path.Combine(Folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The shell ends the server when its own input ends: with the test, or with the test's process however that ends.</summary>
    private void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true };
        foreach (var argument in new[] { "-c", "\"$@\" </dev/null >>\"$OUTPUT\" 2>&1 & cat >/dev/null; kill $!; wait $!", "sh", program }.Concat(arguments))
            start.ArgumentList.Add(argument);
        start.Environment["OUTPUT"] = Path.Combine(Folder, "output.log");
        _running.Add(Process.Start(start)!);
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error}");
    }

    private static async Task<bool> Answers(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
