using Playbook.Email;

namespace Playbook.Tests.Email;

/// <summary>Each fault of a domain's records is told with the very record that cures it.</summary>
public sealed class DnsPreflightTests
{
    private readonly List<string> _advice = [];

    [Fact]
    public async Task A_domain_that_has_everything_has_no_problem()
    {
        await using var dns = Good();

        Assert.Empty(await Check(dns));
        Assert.Empty(_advice);
    }

    [Fact]
    public async Task A_domain_that_has_nothing_is_told_every_record()
    {
        await using var dns = new NameServer();
        dns.Records["A mail.ours.test"] = ["192.0.2.25"];

        var problems = await Check(dns);

        Assert.Collection(
            problems,
            spf => Assert.Contains("Publish a TXT record at ours.test with the value: v=spf1 ip4:192.0.2.25 ~all", spf, StringComparison.Ordinal),
            dkim => Assert.Contains($"Publish a TXT record at s1._domainkey.ours.test with the value: v=DKIM1; k=rsa; p={Keys.RsaPublic}", dkim, StringComparison.Ordinal),
            dmarc => Assert.Contains("Publish a TXT record at _dmarc.ours.test with the value: v=DMARC1; p=none; rua=mailto:sales@ours.test", dmarc, StringComparison.Ordinal),
            mx => Assert.Contains("no server takes mail for ours.test", mx, StringComparison.Ordinal),
            ptr => Assert.Contains("the address 192.0.2.25 of mail.ours.test has no name", ptr, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", null)]
    [InlineData("v=spf1 mx -all", null)]
    [InlineData("v=spf1 a:mail.ours.test ?all", null)]
    [InlineData("v=spf1 include:spf.provider.test ~all", null)]
    [InlineData("v=spf1 ip4:198.51.100.1 ~all", "Publish instead: v=spf1 ip4:192.0.2.25 ip4:198.51.100.1 ~all")]
    [InlineData("v=spf1 +all", "Put ~all at its end: v=spf1 ~all")]
    [InlineData("v=spf1 include:loop.test ~all", "does not name your mail server")]
    [InlineData("v=spf1 a:1.x.test a:2.x.test a:3.x.test a:4.x.test a:5.x.test a:6.x.test a:7.x.test a:8.x.test a:9.x.test a:10.x.test mx ~all", "receivers give up after 10")]
    public async Task SPF_is_followed_to_the_mail_server(string record, string? problem)
    {
        await using var dns = Good();
        dns.Records["TXT ours.test"] = [record];
        dns.Records["TXT spf.provider.test"] = ["v=spf1 include:deeper.provider.test ~all"];
        dns.Records["TXT deeper.provider.test"] = ["v=spf1 ip4:192.0.2.25 ~all"];
        dns.Records["TXT loop.test"] = ["v=spf1 include:loop.test ~all"];

        var problems = await Check(dns);

        if (problem is null)
            Assert.Empty(problems);
        else
            Assert.Contains(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_SPF_records_become_one()
    {
        await using var dns = Good();
        dns.Records["TXT ours.test"] = ["v=spf1 ip4:192.0.2.25 ~all", "other", "v=spf1 include:spf.provider.test -all"];

        Assert.Contains("Make one of them: v=spf1 ip4:192.0.2.25 include:spf.provider.test ~all", Assert.Single(await Check(dns)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_public_key_than_ours_is_found()
    {
        await using var dns = Good();
        dns.Records["TXT s1._domainkey.ours.test"] = ["v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0"];

        Assert.Contains("belongs to another private key", Assert.Single(await Check(dns)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_sign_is_told_how_and_a_providers_key_is_looked_for()
    {
        await using var dns = Good();
        var unsigned = await Check(dns, new() { ["dkimKey"] = "", ["dkimSelector"] = "" });
        var elsewhere = await Check(dns, new() { ["dkimKey"] = "", ["dkimSelector"] = "google" });
        dns.Records["TXT google._domainkey.ours.test"] = ["v=DKIM1; p=abc"];

        Assert.Contains(unsigned, problem => problem.StartsWith("DKIM: messages are not signed here", StringComparison.Ordinal));
        Assert.Contains(elsewhere, problem => problem.Contains("there is no key at google._domainkey.ours.test", StringComparison.Ordinal));
        Assert.Empty(await Check(dns, new() { ["dkimKey"] = "", ["dkimSelector"] = "google" }));
    }

    [Fact]
    public async Task A_signature_and_bounces_of_other_domains_do_not_carry_DMARC()
    {
        await using var dns = Good();
        dns.Records["TXT s1._domainkey.provider.test"] = [DkimKey.Read("provider.test", "s1", Keys.Rsa).Record];
        dns.Records["TXT bounces.test"] = dns.Records["TXT ours.test"];
        dns.Records["MX bounces.test"] = ["mail.ours.test"];

        var problems = await Check(dns, new() { ["dkimDomain"] = "provider.test", ["bounceAddress"] = "b@bounces.test" });
        Assert.Contains("so DMARC fails. Set the DKIM domain to ours.test", Assert.Single(problems), StringComparison.Ordinal);

        // One of the two is enough, and a domain below counts, but for strict alignment.
        Assert.Empty(await Check(dns, new() { ["dkimDomain"] = "provider.test" }));
        Assert.Contains(_advice, line => line.Contains("only SPF carries DMARC", StringComparison.Ordinal));
        dns.Records["TXT _dmarc.ours.test"] = ["v=DMARC1; p=reject; aspf=s; adkim=s"];
        dns.Records["TXT mail.ours.test"] = dns.Records["TXT ours.test"];
        dns.Records["MX mail.ours.test"] = ["mail.ours.test"];
        Assert.Contains("so DMARC fails", Assert.Single(await Check(dns, new() { ["dkimDomain"] = "provider.test", ["bounceAddress"] = "b@mail.ours.test" })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=DMARC1; rua=mailto:x@ours.test", "names no policy")]
    [InlineData("v=spf1 -all", "does not say what to do with forged mail")]
    public async Task A_DMARC_record_that_says_nothing_is_found(string record, string problem)
    {
        await using var dns = Good();
        dns.Records["TXT _dmarc.ours.test"] = [record];

        Assert.Contains(problem, Assert.Single(await Check(dns)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_lead_back_is_found_and_a_providers_is_the_providers()
    {
        await using var dns = Good();
        dns.Records["PTR 25.2.0.192.in-addr.arpa"] = ["vps25.hosting.test"];

        Assert.Contains("is called vps25.hosting.test, but that name does not lead back", Assert.Single(await Check(dns)), StringComparison.Ordinal);
        Assert.Empty(await Check(dns, new() { ["smtpUser"] = "sales" }));
    }

    private static NameServer Good()
    {
        var dns = new NameServer();
        dns.Records["A mail.ours.test"] = ["192.0.2.25"];
        dns.Records["PTR 25.2.0.192.in-addr.arpa"] = ["mail.ours.test"];
        dns.Records["MX ours.test"] = ["mail.ours.test"];
        dns.Records["TXT ours.test"] = ["site-verification=1", "v=spf1 mx -all"];
        dns.Records["TXT s1._domainkey.ours.test"] = [DkimKey.Read("ours.test", "s1", Keys.Rsa).Record];
        dns.Records["TXT _dmarc.ours.test"] = ["v=DMARC1; p=quarantine; rua=mailto:dmarc@ours.test"];
        return dns;
    }

    private async Task<IReadOnlyList<string>> Check(NameServer dns, Dictionary<string, string>? other = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["fromName"] = "Ours", ["fromAddress"] = "sales@ours.test", ["smtpHost"] = "mail.ours.test", ["dkimSelector"] = "s1", ["dkimKey"] = Keys.Rsa, ["dnsServer"] = dns.Address,
        };
        foreach (var (name, value) in other ?? [])
            settings[name] = value;
        _advice.Clear();
        return await DnsPreflight.Check(EmailSettings.Read(settings), _advice.Add, CancellationToken.None);
    }
}
