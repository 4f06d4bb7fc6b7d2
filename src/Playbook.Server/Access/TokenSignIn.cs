using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Playbook.Server.Host;

namespace Playbook.Server.Access;

/// <summary>
/// Lets programs in by <c>Authorization: Bearer …</c>, or <c>ApiKey …</c> as Elsa's clients write it. Never by the address: that
/// stands in logs and histories.
/// </summary>
internal sealed class TokenSignIn(MemberBook book, LocalKey key, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string Name = "token";

    // Studio's editor names itself by an API key, so that the server can tell two of them apart; it comes in by the cookie.
    private const string EditorsPrefix = "frame-";

    private static readonly string[] Prefixes = ["Bearer ", "ApiKey "];

    /// <summary>What a program presents to come in; null where it presents nothing.</summary>
    public static string? Presented(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var prefix = Prefixes.FirstOrDefault(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return prefix is null || header[prefix.Length..].Trim() is not { Length: > 0 } secret || secret.StartsWith(EditorsPrefix, StringComparison.Ordinal) ? null : secret;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Presented(Request) is not { } secret)
            return AuthenticateResult.NoResult();
        var caller = key.Opens(secret) && IsHere() ? Caller.Machine
            : await book.OfToken(secret) is { } member ? Caller.Of(member, null)
            : null;
        return caller is null
            ? AuthenticateResult.Fail("The token is unknown or has run out.")
            : AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Name), Name));
    }

    // Behind a proxy everybody seems to come from here, but by another name.
    private bool IsHere() => Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && (Request.Host.Host is ListenUrl.Loopback or "localhost");
}
