using System.CommandLine;
using System.Net;
using Playbook.Server.Access;
using Playbook.Server.Commands.Client;
using Playbook.Server.Host;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Commands.Serve;

/// <summary><c>playbook serve</c>: the workers, the HTTP API and its description, until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string OpenIdSecret = "PLAYBOOK_OPENID_SECRET";

    public static Command Build()
    {
        var url = new Option<string>("--url") { Description = "Where to listen; beyond 127.0.0.1 it takes https://… with --certificate, or --insecure", DefaultValueFactory = _ => new ServeOptions().Url };
        var playbooks = new Option<string?>("--playbooks") { Description = "The folder of playbooks to take in at the start", DefaultValueFactory = _ => ServeOptions.PlaybooksHere };
        var messages = new Option<string?>("--messages") { Description = "Where the e-mail channel writes its .eml files; beside the database by default" };
        var company = new Option<string?>("--company") { Description = "Our company's name, for scripts" };
        var plugins = new Option<string?>("--plugins") { Description = "The folder of your own channel plugins; 'plugins' beside the database by default" };
        var publicUrl = new Option<Uri?>("--public-url")
        {
            Description = "Where a tunnel or proxy lets providers in, such as https://sales.example.com; links to unsubscribe and webhooks lead there",
            CustomParser = result => PublicUrl.Parse(result.Tokens[0].Value),
        };
        var certificate = new Option<string?>("--certificate") { Description = $"The certificate for https: a .pfx file (its password in {ListenUrl.PasswordVariable}), or a .pem file with --certificate-key" };
        var certificateKey = new Option<string?>("--certificate-key") { Description = "The key of a .pem certificate" };
        var insecure = new Option<bool>("--insecure") { Description = "Listen beyond this machine without TLS: everybody on the way can read passwords" };
        var proxies = new Option<IPAddress[]>("--trust-proxy")
        {
            Description = "The address of a proxy in front, whose X-Forwarded-For and X-Forwarded-Proto are believed; several times for several", AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.Select(token => IPAddress.TryParse(token.Value, out var address) ? address : throw new HostException(ExitCodes.Usage, $"'{token.Value}' is no address of a proxy. Write it as 127.0.0.1."))],
        };
        var openId = new Option<Uri?>("--openid") { Description = "The company's OpenID Connect directory to sign in with, such as https://login.example.com; members are invited as always" };
        var openIdClient = new Option<string?>("--openid-client") { Description = $"What the directory knows this server by; its secret is taken from {OpenIdSecret}" };
        var clock = new Option<ClockKind>("--clock") { Description = "real, or manual for trials: see 'playbook clock'" };
        var command = new Command("serve", "Runs playbooks and serves the HTTP API") { SharedOptions.Database, url, playbooks, messages, company, plugins, publicUrl, certificate, certificateKey, insecure, proxies, openId, openIdClient, clock };
        command.SetAction((parsed, cancellationToken) => Serve(new ServeOptions
        {
            Database = parsed.GetValue(SharedOptions.Database)!,
            Url = parsed.GetValue(url)!,
            Playbooks = parsed.GetValue(playbooks),
            Messages = parsed.GetValue(messages),
            Company = parsed.GetValue(company),
            Plugins = parsed.GetValue(plugins),
            PublicUrl = parsed.GetValue(publicUrl),
            Certificate = parsed.GetValue(certificate),
            CertificateKey = parsed.GetValue(certificateKey),
            IsInsecure = parsed.GetValue(insecure),
            TrustedProxies = parsed.GetValue(proxies) ?? [],
            OpenId = Directory(parsed.GetValue(openId), parsed.GetValue(openIdClient)),
            Clock = parsed.GetValue(clock),
        }, cancellationToken));
        return command;
    }

    private static OpenIdDirectory? Directory(Uri? authority, string? client) => (authority, client) switch
    {
        (null, null) => null,
        ({ IsAbsoluteUri: true } there, { Length: > 0 }) when there.Scheme == Uri.UriSchemeHttps || there.IsLoopback => new OpenIdDirectory(there, client, Environment.GetEnvironmentVariable(OpenIdSecret)),
        _ => throw new HostException(ExitCodes.Usage, "A directory takes both: --openid https://login.example.com and --openid-client with the name that it gave this server."),
    };

    private static async Task<int> Serve(ServeOptions options, CancellationToken cancellationToken)
    {
        await using var server = await PlaybookServer.Start(options, cancellationToken: cancellationToken);
        var taken = server.Playbooks.Count(result => result.Outcome != FolderOutcome.Refused);
        var refused = server.Playbooks.Count - taken;
        Words.Say($"[bold]Playbook[/] serves {server.Url} from {options.DatabasePath}");
        Words.Say($"{taken} playbooks{(refused == 0 ? "" : $", {refused} refused (see above)")}; API at {server.Url}/docs; Ctrl+C stops.");
        if (server.SetupCode is { } code)
            Words.Say($"Nobody has an account yet. Open {server.Url}{DoorPaths.Welcome}?code={code} and become the owner.");
        await server.WaitForStop(cancellationToken);
        return ExitCodes.Ok;
    }
}
