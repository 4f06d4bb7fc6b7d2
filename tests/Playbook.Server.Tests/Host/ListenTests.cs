using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Playbook.Server.Access;
using Playbook.Server.Host;

namespace Playbook.Server.Tests.Host;

/// <summary>Listening beyond this machine.</summary>
public sealed class ListenTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://192.168.1.7:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://*:5080")]
    public void Beyond_this_machine_it_takes_TLS_or_the_word_that_the_network_is_to_be_trusted(string url)
    {
        var refusal = Assert.Throws<HostException>(() => ListenUrl.Parse(new ServeOptions { Url = url }));

        Assert.Equal(2, refusal.ExitCode);
        Assert.Contains("--certificate", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--insecure", refusal.Message, StringComparison.Ordinal);
        Assert.False(ListenUrl.IsLoopback(ListenUrl.Parse(new ServeOptions { Url = url, IsInsecure = true })));
    }

    [Theory]
    [InlineData("https://127.0.0.1:5443")]
    [InlineData("https://0.0.0.0:5443")]
    public void Https_takes_a_certificate(string url) =>
        Assert.Contains("--certificate", Assert.Throws<HostException>(() => ListenUrl.Parse(new ServeOptions { Url = url, IsInsecure = true })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Over_https_people_get_a_secure_cookie_and_the_command_line_still_comes_in()
    {
        var folder = Directory.CreateTempSubdirectory("playbook-tls-").FullName;
        try
        {
            var (certificate, key) = (Path.Combine(folder, "here.pem"), Path.Combine(folder, "here.key"));
            string thumbprint;
            using (var rsa = RSA.Create(2048))
            {
                using var made = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
                thumbprint = made.GetCertHashString();
                await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
                await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem());
            }

            var options = new ServeOptions { Database = Path.Combine(folder, "playbook.db"), Url = "https://127.0.0.1:0", Certificate = certificate, CertificateKey = key, IsQuiet = true };
            await using var server = await PlaybookServer.Start(options);
            using var trusting = new SocketsHttpHandler { UseCookies = false, SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == thumbprint } };
            using var people = new HttpClient(trusting) { BaseAddress = new Uri(server.Url) };
            using var page = await people.GetAsync("/welcome");
            using var commands = Trial.LocalKeyHandler.Client(options.Database, server.LocalUrl);

            Assert.StartsWith("https://", server.Url, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains(page.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("antiforgery", StringComparison.OrdinalIgnoreCase) && cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
            Assert.StartsWith("http://127.0.0.1:", server.LocalUrl, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await commands.GetAsync("/api/tasks")).StatusCode);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_is_named()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "not a certificate");
        var refusal = Assert.Throws<HostException>(() => ListenUrl.Certificate(new ServeOptions { Certificate = file }));
        File.Delete(file);

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }
}
