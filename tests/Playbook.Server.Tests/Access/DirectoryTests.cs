using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Playbook.Server.Access;

namespace Playbook.Server.Tests.Access;

/// <summary>Signing in with a company's directory, which here is a small one on this machine.</summary>
public sealed class DirectoryTests : IAsyncLifetime
{
    private readonly Directory _directory = new();
    private AccessTrial _trial = null!;

    public async ValueTask InitializeAsync()
    {
        await _directory.Start();
        _trial = await AccessTrial.Start(options => options with { OpenId = new OpenIdDirectory(new Uri(_directory.Url), "playbook", "secret") });
        await _trial.Member("Bo", AccessRole.Rep);
    }

    public async ValueTask DisposeAsync()
    {
        await _trial.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Whom_the_directory_knows_comes_in_by_their_verified_address_and_later_by_their_number_there()
    {
        var browser = _trial.Browser();
        Assert.Equal("/today", await SignIn(browser, "bo@example.com", "true"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/api/tasks")).Status);

        // Another address there by now; the account is the same.
        Assert.Equal("/today", await SignIn(_trial.Browser(), "bo.married@example.com", "false"));
    }

    [Theory]
    [InlineData("bo@example.com", "false")]
    [InlineData("bo@example.com", null)]
    [InlineData("stranger@example.com", "true")]
    public async Task Whom_nobody_has_invited_or_whose_address_is_not_verified_stays_out(string email, string? isVerified)
    {
        var browser = _trial.Browser();

        Assert.Equal("/signin?refused=directory", await SignIn(browser, email, isVerified));
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_is_refused()
    {
        var browser = _trial.Browser();

        Assert.EndsWith("/signin?refused=directory", (await browser.Get($"{OpenIdSignIn.Start}/answer?code=x&state=y")).Location, StringComparison.Ordinal);
        Assert.Null(browser.Session);
    }

    private async Task<string?> SignIn(Browser browser, string email, string? isVerified)
    {
        (_directory.Email, _directory.IsVerified) = (email, isVerified);
        var (_, _, there) = await browser.Get($"{OpenIdSignIn.Start}?returnUrl=%2Ftoday");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(there);
        var (_, _, done) = await browser.Get(answer.Headers.Location!.PathAndQuery);
        return (await browser.Get(new Uri(new Uri(_trial.Server.Url), done!).PathAndQuery)).Location;
    }

    /// <summary>As much of an OpenID Connect provider as a sign-in by code takes.</summary>
    private sealed class Directory : IAsyncDisposable
    {
        private readonly RSA _rsa = RSA.Create(2048);
        private WebApplication? _app;
        private string _nonce = "";

        public string Email { get; set; } = "";
        public string? IsVerified { get; set; }
        public string Url { get; private set; } = "";

        public async Task Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            var key = new RsaSecurityKey(_rsa) { KeyId = "one" };
            _app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
            {
                ["issuer"] = Url, ["authorization_endpoint"] = Url + "/authorize", ["token_endpoint"] = Url + "/token", ["jwks_uri"] = Url + "/keys",
                ["response_types_supported"] = new[] { "code" }, ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
            });
            _app.MapGet("/keys", () => new { keys = new[] { new { kty = "RSA", use = "sig", kid = "one", alg = "RS256", n = Base64UrlEncoder.Encode(_rsa.ExportParameters(false).Modulus), e = Base64UrlEncoder.Encode(_rsa.ExportParameters(false).Exponent) } } });
            _app.MapGet("/authorize", (string redirect_uri, string state, string nonce, string code_challenge) =>
            {
                _nonce = nonce;
                return Results.Redirect($"{redirect_uri}?code=once&state={Uri.EscapeDataString(state)}");
            });
            _app.MapPost("/token", () => new Dictionary<string, object> { ["access_token"] = "x", ["token_type"] = "Bearer", ["id_token"] = Token(key) });
            await _app.StartAsync();
            Url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        }

        public async ValueTask DisposeAsync()
        {
            await _app!.DisposeAsync();
            _rsa.Dispose();
        }

        private string Token(RsaSecurityKey key)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var claims = new ClaimsIdentity([new Claim("sub", "bo-in-the-directory"), new Claim("nonce", _nonce), new Claim("email", Email)]);
            if (IsVerified is not null)
                claims.AddClaim(new Claim("email_verified", IsVerified, ClaimValueTypes.Boolean));
            return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Url, Audience = "playbook", Subject = claims, IssuedAt = now, NotBefore = now, Expires = now.AddMinutes(5), SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            });
        }
    }
}
