using System.Net;

namespace Playbook.Email;

/// <summary>SPF (RFC 7208) of the envelope's domain, read with all that it includes, against the SMTP server's addresses.</summary>
internal static class SpfCheck
{
    private const int MostLookups = 10;

    public static async Task<IReadOnlyList<string>> Check(MailDns dns, EmailSettings settings, CancellationToken cancellationToken)
    {
        var domain = settings.Bounces.Domain;
        var records = await Records(dns, domain, cancellationToken);
        var server = await dns.Addresses(settings.Smtp.Host, cancellationToken);
        var mechanism = Mechanism(settings.Smtp.Host, server);
        if (records.Count == 0)
            return [$"SPF: the domain {domain} does not say who may send for it. Publish a TXT record at {domain} with the value: v=spf1 {mechanism} ~all (where a provider sends for you, with the include: that it names instead)."];
        if (records.Count > 1)
            return [$"SPF: the domain {domain} has {records.Count} SPF records, and receivers then count none. Make one of them: {Merged(records)}"];
        var record = records[0];
        if (record.Split(' ').Any(term => term is "+all" or "all"))
            return [$"SPF: the record of {domain} lets everybody send for it (all). Put ~all at its end: {record.Replace("+all", "~all", StringComparison.Ordinal).Replace(" all", " ~all", StringComparison.Ordinal)}"];
        var walk = new Walk(dns, server);
        await walk.Read(domain, record, cancellationToken);
        if (walk.Lookups > MostLookups)
            return [$"SPF: the record of {domain} needs {walk.Lookups} further look-ups, and receivers give up after {MostLookups}. Take out what no longer sends for you: {record}"];
        // A relay usually sends from other addresses than it is reached at; then only its own include can tell.
        var isOwn = settings.Smtp.User is null && server.Count > 0 && !server.All(IPAddress.IsLoopback);
        return isOwn && !walk.Names
            ? [$"SPF: the record of {domain} does not name your mail server {settings.Smtp.Host}. Publish instead: {record.Replace("v=spf1", $"v=spf1 {mechanism}", StringComparison.OrdinalIgnoreCase)}"]
            : [];
    }

    private static string Mechanism(string host, IReadOnlyList<IPAddress> addresses) =>
        addresses.Count == 0 ? $"a:{host}" : string.Join(' ', addresses.Select(address => $"ip{(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 6 : 4)}:{address}"));

    private static string Merged(IReadOnlyList<string> records) =>
        "v=spf1 " + string.Join(' ', records.SelectMany(record => record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)).Where(term => !term.EndsWith("all", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase)) + " ~all";

    private static async Task<IReadOnlyList<string>> Records(MailDns dns, string domain, CancellationToken cancellationToken) =>
        [.. (await dns.Texts(domain, cancellationToken)).Where(text => text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) && (text.Length == 6 || text[6] == ' '))];

    private sealed class Walk(MailDns dns, IReadOnlyList<IPAddress> server)
    {
        private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

        public int Lookups { get; private set; }

        public bool Names { get; private set; }

        public async Task Read(string domain, string record, CancellationToken cancellationToken)
        {
            foreach (var term in record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(term => term.TrimStart('+')))
            {
                if (Lookups > MostLookups * 2)
                    return;
                var parts = term.Split([':', '='], 2);
                var value = parts.Length == 2 ? parts[1] : domain;
                switch (parts[0].Split('/')[0].ToLowerInvariant())
                {
                    case "ip4" or "ip6":
                        Names |= IPNetwork.TryParse(value.Contains('/', StringComparison.Ordinal) ? value : value + (value.Contains(':', StringComparison.Ordinal) ? "/128" : "/32"), out var network) && server.Any(network.Contains);
                        break;
                    case "a":
                        Lookups++;
                        Names |= (await dns.Addresses(value.Split('/')[0], cancellationToken)).Any(server.Contains);
                        break;
                    case "mx":
                        Lookups++;
                        foreach (var exchange in (await dns.MailServers(value.Split('/')[0], cancellationToken)).Take(10))
                            Names |= (await dns.Addresses(exchange, cancellationToken)).Any(server.Contains);
                        break;
                    case "include" or "redirect":
                        Lookups++;
                        // A macro depends on the mail; what it allows cannot be told beforehand.
                        if (!value.Contains('%', StringComparison.Ordinal) && _seen.Add(value) && await Records(dns, value, cancellationToken) is [var inner])
                            await Read(value, inner, cancellationToken);
                        break;
                    case "exists" or "ptr":
                        Lookups++;
                        break;
                }
            }
        }
    }
}
