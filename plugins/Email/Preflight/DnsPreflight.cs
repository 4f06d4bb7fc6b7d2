using MailKit.Security;

namespace Playbook.Email;

/// <summary>
/// Whether receivers will believe our mails: SPF, DKIM, DMARC and that they agree with the sender's domain, MX for answers,
/// and PTR of a server of our own. Each finding says what is wrong, and the exact record that cures it.
/// </summary>
internal static class DnsPreflight
{
    /// <returns>What has to be done; what only should be done goes to the log.</returns>
    public static async Task<IReadOnlyList<string>> Check(EmailSettings settings, Action<string> log, CancellationToken cancellationToken)
    {
        var dns = MailDns.At(settings.DnsServer);
        var problems = new List<string>();
        problems.AddRange(await SpfCheck.Check(dns, settings, cancellationToken));
        problems.AddRange(await Dkim(dns, settings, cancellationToken));
        var (dmarc, advice) = await DmarcCheck.Check(dns, settings, cancellationToken);
        problems.AddRange(dmarc);
        problems.AddRange(await AnswersArrive(dns, settings, cancellationToken));
        if (await Names(dns, settings, cancellationToken) is { } names)
            (settings.Smtp.User is null ? problems : (ICollection<string>)advice).Add(names);
        foreach (var line in advice)
            log(line);
        return problems;
    }

    private static async Task<IReadOnlyList<string>> Dkim(MailDns dns, EmailSettings settings, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        if (settings.DkimKeys.Count == 0)
        {
            if (settings.ProviderSelector is not { } selector)
                return ["DKIM: messages are not signed here, and it is not known whether your mail provider does; Gmail and Yahoo refuse unsigned bulk mail. Make a key (openssl genrsa 2048), enter it with a selector such as playbook, and test again: the record to publish is then named here. Or enter the selector that your provider signs with."];
            var theirs = await dns.Texts($"{selector}._domainkey.{settings.DkimDomain}", cancellationToken);
            return theirs.Any(text => Tag(text, "p") is { Length: > 0 })
                ? []
                : [$"DKIM: your provider is said to sign with the selector {selector}, but there is no key at {selector}._domainkey.{settings.DkimDomain}. Switch signing on at your provider and publish the record that it names."];
        }

        foreach (var key in settings.DkimKeys)
        {
            var published = await dns.Texts(key.RecordName, cancellationToken);
            var cure = $"Publish a TXT record at {key.RecordName} with the value: {key.Record}";
            if (published.Count == 0)
                problems.Add($"DKIM: there is no public key for the selector {key.Selector}, so no receiver can check the signature. {cure}");
            else if (!published.Any(text => Squeezed(Tag(text, "p")) == key.PublicKey))
                problems.Add($"DKIM: the public key at {key.RecordName} belongs to another private key, so every signature fails. {cure}");
            else if (published.Count > 1)
                problems.Add($"DKIM: {published.Count} records stand at {key.RecordName}, and receivers may take the wrong one. Keep only: {key.Record}");
        }

        return problems;
    }

    private static async Task<IReadOnlyList<string>> AnswersArrive(MailDns dns, EmailSettings settings, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var address in new[] { settings.ReplyTo, settings.Bounces }.DistinctBy(address => address.Domain.ToLowerInvariant()))
        {
            var servers = await dns.MailServers(address.Domain, cancellationToken);
            if (servers is [""])
                problems.Add($"MX: the domain {address.Domain} declares that it takes no mail, so answers and bounces to {address.Address} are lost. Name your mail server in its MX record, or use an address of another domain.");
            else if (servers.Count == 0 && (await dns.Addresses(address.Domain, cancellationToken)).Count == 0)
                problems.Add($"MX: no server takes mail for {address.Domain}, so answers and bounces to {address.Address} are lost. Publish an MX record at {address.Domain} with the value: 10 and the name of your mail server.");
        }

        return problems;
    }

    /// <summary>Only of a server that itself delivers to the world; a provider's submission server is the provider's.</summary>
    private static async Task<string?> Names(MailDns dns, EmailSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Smtp.Security == SecureSocketOptions.None || settings.Smtp.Host is "localhost")
            return null;
        foreach (var address in await dns.Addresses(settings.Smtp.Host, cancellationToken))
        {
            if (System.Net.IPAddress.IsLoopback(address))
                continue;
            var names = await dns.NamesOf(address, cancellationToken);
            if (names.Count == 0)
                return $"PTR: the address {address} of {settings.Smtp.Host} has no name, and many receivers refuse mail from such a server. Ask whoever gave you the address to set its PTR record to {settings.Smtp.Host}.";
            var leadBack = false;
            foreach (var name in names)
                leadBack |= (await dns.Addresses(name, cancellationToken)).Contains(address);
            if (!leadBack)
                return $"PTR: the address {address} is called {names[0]}, but that name does not lead back to it. Set its PTR record to {settings.Smtp.Host}, or give {names[0]} the address {address}.";
        }

        return null;
    }

    /// <summary>The value of a tag in a record such as <c>v=DKIM1; k=rsa; p=…</c>.</summary>
    public static string? Tag(string record, string name) =>
        record.Split(';', StringSplitOptions.TrimEntries).Select(tag => tag.Split('=', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(tag => tag.Length == 2 && string.Equals(tag[0], name, StringComparison.OrdinalIgnoreCase))?[1];

    /// <summary>
    /// Whether two domains are one organisation's, as DMARC's relaxed alignment asks: one lies below the other. The public
    /// suffix list would also align two siblings; to ask for more than it does is safe.
    /// </summary>
    public static bool Aligned(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase)
        || one.EndsWith("." + other, StringComparison.OrdinalIgnoreCase)
        || other.EndsWith("." + one, StringComparison.OrdinalIgnoreCase);

    private static string? Squeezed(string? text) => text is null ? null : string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
