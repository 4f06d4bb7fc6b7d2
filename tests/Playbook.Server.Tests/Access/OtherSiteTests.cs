using System.Net;
using System.Text;
using Playbook.Server.Access;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Access;

/// <summary>Other sites that would use the browser of somebody who is signed in here.</summary>
public sealed class OtherSiteTests(OtherSiteTests.OneServer server) : IClassFixture<OtherSiteTests.OneServer>
{
    private readonly AccessTrial _trial = server.Trial;
    private readonly Browser _browser = server.Browser;

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("null", null)]
    [InlineData("", "cross-site")]
    [InlineData("", "same-site")]
    [InlineData("", null)]
    [InlineData("http://127.0.0.1:1", null)]
    public async Task A_write_with_the_browsers_cookie_from_elsewhere_is_refused(string origin, string? site) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.Post("/api/outbox/retry", Json("{}"), origin, site)).Status);

    [Fact]
    public async Task The_same_from_our_own_page_is_done()
    {
        Assert.Equal(HttpStatusCode.OK, (await _browser.Post("/api/outbox/retry", Json("{}"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _browser.Post("/api/outbox/retry", Json("{}"), "", "same-origin")).Status);
    }

    [Fact]
    public async Task A_link_on_another_site_starts_no_run() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.Get("/elsa/api/workflow-definitions/nobody/execute")).Status);

    [Fact]
    public async Task A_form_without_the_pages_own_secret_is_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _trial.Browser().Submit("/signin", new() { ["_handler"] = "sign-in", ["Email"] = "ada@example.com", ["Password"] = "x" }, withHidden: false)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _trial.Browser().Submit("/signin", new() { ["Email"] = "ada@example.com", ["Password"] = "x" }, "https://evil.example")).Status);
    }

    [Theory]
    [InlineData("/today")]
    [InlineData("/me")]
    [InlineData("/api/tasks")]
    [InlineData("/health")]
    public async Task Every_answer_says_what_a_browser_may_do_with_it(string path)
    {
        using var http = LocalKeyHandler.Client(_trial.Database, _trial.Server.Url);
        using var answer = await http.GetAsync(path);
        string Header(string name) => string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : []);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("SAMEORIGIN", Header("X-Frame-Options"));
        Assert.Contains("frame-ancestors 'self'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline' 'nonce", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotEmpty(Header("Referrer-Policy"));
        Assert.Contains("no-store", Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_for_our_pages_alone_and_no_script_reads_it()
    {
        var (trial, _) = await AccessTrial.WithOwner();
        await using var ended = trial;
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(trial.Server.Url) };
        var page = await http.GetAsync("/signin");
        var (cookie, html) = (page.Headers.GetValues("Set-Cookie").First().Split(';')[0], await page.Content.ReadAsStringAsync());
        string Hidden(string name) => System.Text.RegularExpressions.Regex.Match(html, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["__RequestVerificationToken"] = Hidden("__RequestVerificationToken"), ["Email"] = AccessTrial.Email, ["Password"] = AccessTrial.Password }),
        };
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Origin", trial.Server.Url);
        using var answer = await http.SendAsync(request);

        var set = Assert.Single(answer.Headers.GetValues("Set-Cookie"), one => one.StartsWith(Sessions.Cookie + "=C", StringComparison.Ordinal));
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", set, StringComparison.OrdinalIgnoreCase);
    }

    public sealed class OneServer : IAsyncLifetime
    {
        internal AccessTrial Trial { get; private set; } = null!;
        internal Browser Browser { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Trial = await AccessTrial.Start();
            Browser = Trial.Browser();
            var cookie = (await Trial.Member("Ada Owner", AccessRole.Admin)).Cookie;
            Browser.Cookies[Sessions.Cookie] = cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        public ValueTask DisposeAsync() => Trial.DisposeAsync();
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
