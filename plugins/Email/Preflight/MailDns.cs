using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;

namespace Playbook.Email;

/// <summary>The few questions that are asked of DNS. An empty list is "there is none"; a fault of DNS itself throws.</summary>
internal sealed class MailDns
{
    private readonly LookupClient _client;

    private MailDns(LookupClientOptions options) => _client = new LookupClient(options);

    /// <param name="server">Address and port of a name server; null for this machine's.</param>
    public static MailDns At(string? server)
    {
        var options = server is null ? new LookupClientOptions() : new LookupClientOptions(Server(server));
        options.Timeout = TimeSpan.FromSeconds(4);
        options.Retries = 1;
        options.UseCache = true;
        options.ThrowDnsErrors = false;
        return new MailDns(options);
    }

    /// <summary>Texts, each joined from its pieces.</summary>
    public async Task<IReadOnlyList<string>> Texts(string name, CancellationToken cancellationToken) =>
        [.. (await Ask(name, QueryType.TXT, cancellationToken)).OfType<TxtRecord>().Select(record => string.Concat(record.Text))];

    public async Task<IReadOnlyList<string>> MailServers(string domain, CancellationToken cancellationToken) =>
        [.. (await Ask(domain, QueryType.MX, cancellationToken)).OfType<MxRecord>().OrderBy(record => record.Preference).Select(record => record.Exchange.Value.TrimEnd('.'))];

    public async Task<IReadOnlyList<IPAddress>> Addresses(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var address)
            ? [address]
            : [.. (await Ask(host, QueryType.A, cancellationToken)).OfType<ARecord>().Select(record => record.Address), .. (await Ask(host, QueryType.AAAA, cancellationToken)).OfType<AaaaRecord>().Select(record => record.Address)];

    public async Task<IReadOnlyList<string>> NamesOf(IPAddress address, CancellationToken cancellationToken) =>
        [.. (await _client.QueryReverseAsync(address, cancellationToken)).Answers.PtrRecords().Select(record => record.PtrDomainName.Value.TrimEnd('.'))];

    private async Task<IEnumerable<DnsResourceRecord>> Ask(string name, QueryType type, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.QueryAsync(name, type, QueryClass.IN, cancellationToken);
            if (answer.HasError && answer.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain)
                throw new MailboxTroubleException($"DNS could not be asked for {name}: {answer.ErrorMessage}. Try again later, or name another server in the setting 'DNS server'.");
            return answer.Answers;
        }
        catch (Exception fault) when (fault is DnsResponseException or SocketException or ArgumentException)
        {
            throw new MailboxTroubleException($"DNS could not be asked for {name}: {ServerDoor.FirstLine(fault.Message)} Try again later, or name another server in the setting 'DNS server'.", fault);
        }
    }

    private static IPEndPoint Server(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPEndPoint(address, 53)
        : IPEndPoint.TryParse(text, out var endPoint) ? endPoint : throw new MailboxTroubleException($"The DNS server '{text}' is no address; enter one such as 192.0.2.53 or 192.0.2.53:5353.");
}
