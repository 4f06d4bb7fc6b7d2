namespace Playbook.Email;

/// <summary>DMARC (RFC 7489) of the sender's domain, and whether SPF and DKIM speak for that same domain.</summary>
internal static class DmarcCheck
{
    public static async Task<(IReadOnlyList<string> Problems, List<string> Advice)> Check(MailDns dns, EmailSettings settings, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var advice = new List<string>();
        var from = settings.From.Domain;
        var (place, records) = await Find(dns, from, cancellationToken);
        if (records.Count == 0)
            problems.Add($"DMARC: the domain {from} does not say what to do with forged mail, and Gmail, Yahoo and Microsoft refuse bulk mail without it. Publish a TXT record at _dmarc.{from} with the value: v=DMARC1; p=none; rua=mailto:{settings.From.Address}");
        else if (records.Count > 1)
            problems.Add($"DMARC: {records.Count} records stand at {place}, and receivers then count none. Keep only one of them, such as: {records[0]}");
        else if (DnsPreflight.Tag(records[0], "p")?.ToLowerInvariant() is not ("none" or "quarantine" or "reject"))
            problems.Add($"DMARC: the record at {place} names no policy. Publish instead: v=DMARC1; p=none; rua=mailto:{settings.From.Address}");
        else if (string.Equals(DnsPreflight.Tag(records[0], "p"), "none", StringComparison.OrdinalIgnoreCase))
            advice.Add($"DMARC: the policy of {from} is none, so forged mail is only reported. Once the reports are clean, publish at {place}: {records[0].Replace("p=none", "p=quarantine", StringComparison.OrdinalIgnoreCase)}");

        var strictSpf = records.Count == 1 && string.Equals(DnsPreflight.Tag(records[0], "aspf"), "s", StringComparison.OrdinalIgnoreCase);
        var strictDkim = records.Count == 1 && string.Equals(DnsPreflight.Tag(records[0], "adkim"), "s", StringComparison.OrdinalIgnoreCase);
        var spfSpeaks = Speaks(settings.Bounces.Domain, from, strictSpf);
        var signs = settings.DkimKeys.Count > 0 || settings.ProviderSelector is not null;
        var dkimSpeaks = signs && Speaks(settings.DkimDomain, from, strictDkim);
        if (!spfSpeaks && !dkimSpeaks)
            problems.Add($"Alignment: messages come from {from}, but the address for bounces is of {settings.Bounces.Domain} and {(signs ? $"the signature of {settings.DkimDomain}" : "there is no signature")}, so DMARC fails. Set the DKIM domain to {from}, or use an address for bounces at {from}.");
        else if (!dkimSpeaks && signs)
            advice.Add($"Alignment: the signature speaks for {settings.DkimDomain}, not for {from}; only SPF carries DMARC then, and forwarded mail fails. Set the DKIM domain to {from}.");
        else if (!spfSpeaks)
            advice.Add($"Alignment: the address for bounces is of {settings.Bounces.Domain}, so only the signature carries DMARC. An address at {from} would let both do.");
        return (problems, advice);
    }

    /// <summary>The domain's own record, else that of a domain above it.</summary>
    private static async Task<(string Place, IReadOnlyList<string> Records)> Find(MailDns dns, string domain, CancellationToken cancellationToken)
    {
        var labels = domain.Split('.');
        for (var from = 0; from == 0 || from <= labels.Length - 2; from++)
        {
            var place = "_dmarc." + string.Join('.', labels[from..]);
            var records = (await dns.Texts(place, cancellationToken)).Where(text => text.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase)).ToList();
            if (records.Count > 0)
                return (place, records);
        }

        return ("_dmarc." + domain, []);
    }

    private static bool Speaks(string domain, string from, bool strict) => strict ? string.Equals(domain, from, StringComparison.OrdinalIgnoreCase) : DnsPreflight.Aligned(domain, from);
}
