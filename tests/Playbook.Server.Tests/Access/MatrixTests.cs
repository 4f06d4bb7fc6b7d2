using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Access;
using Playbook.Server.Tests.Trial;
using AccessRecord = Playbook.Server.Access.Access;

namespace Playbook.Server.Tests.Access;

/// <summary>Every endpoint and page, tried signed out and as every role, against the one table.</summary>
public sealed partial class MatrixTests(MatrixTests.OneServer server) : IClassFixture<MatrixTests.OneServer>
{
    private static readonly string[] Nobody = ["nobody"];

    private readonly TrialServer _trial = server.Trial;

    private IEnumerable<(RouteEndpoint Endpoint, string Method)> Endpoints =>
        from endpoint in _trial.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where !AccessCheck.IsStaticFile(endpoint)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method != "HEAD"
        select (endpoint, method);

    [Fact]
    public void Every_endpoint_and_page_has_a_line_in_the_table() =>
        Assert.Empty(Endpoints.Where(one => AccessCheck.RuleOf(one.Endpoint, one.Method) is null).Select(one => $"{one.Method} {one.Endpoint.RoutePattern.RawText}"));

    [Fact]
    public void Every_line_of_the_table_is_of_an_endpoint()
    {
        var used = Endpoints.Select(one => AccessCheck.RuleOf(one.Endpoint, one.Method)).ToHashSet();

        // The text editor and the charts are there where their packages were fetched.
        Assert.Empty(AccessTable.Rules.Where(rule => !used.Contains(rule) && rule.Pattern is not ("/editor/**" or "/charts/**")).Select(rule => $"{rule.Method} {rule.Pattern}"));
    }

    [Fact]
    public void No_endpoint_says_for_itself_who_may_use_it() =>
        Assert.Empty(Endpoints.Where(one => one.Endpoint.Metadata.Any(part => part is IAllowAnonymous or IAuthorizeData) && AccessCheck.RuleOf(one.Endpoint, one.Method)?.Access != AccessRecord.Everybody).Select(one => one.Endpoint.RoutePattern.RawText));

    [Fact]
    public void What_is_forgotten_is_closed_to_all_who_do_not_run_the_server()
    {
        var endpoint = new RouteEndpoint(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/api/forgotten"), 0, null, null);

        Assert.Null(AccessCheck.RuleOf(endpoint, "GET"));
        Assert.False(AccessRecord.Forgotten.Admits(null));
        Assert.False(AccessRecord.Forgotten.Admits(new Caller(Guid.Empty, "Bo", null, [AccessRole.Rep, AccessRole.Manager, AccessRole.Designer], null)));
    }

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_nothing_else()
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var role in Nobody.Concat(AccessRole.All))
        {
            using var client = await Client(role);
            var caller = role == Nobody[0] ? null : new Caller(Guid.Empty, role, null, [role], null);
            foreach (var (endpoint, method) in Endpoints.Where(one => !Ends(one.Endpoint)))
            {
                var path = Fill(endpoint.RoutePattern.RawText!);
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                if (method is "POST" or "PUT")
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                asked++;
                var isAdmitted = AccessCheck.RuleOf(endpoint, method)!.Access.Admits(caller);
                var expected = isAdmitted ? "admitted" : caller is null ? "401" : "403";
                var got = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture) : "admitted";
                if (got != expected)
                    wrong.Add($"{role}: {method} {path} is {got} ({(int)response.StatusCode}), not {expected}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(asked > 500, $"only {asked} were asked");
    }

    [Theory]
    [InlineData("GET", "/api/tasks", "rep manager designer admin")]
    [InlineData("POST", "/api/tasks/x/complete", "rep manager designer admin")]
    [InlineData("POST", "/api/tasks/x/dial", "rep manager designer admin")]
    [InlineData("POST", "/api/runs/0199aaaa-0000-7000-8000-000000000000/cancel", "manager admin")]
    [InlineData("POST", "/api/privacy/contacts/0199aaaa-0000-7000-8000-000000000000/erase", "manager admin")]
    [InlineData("POST", "/api/outbox/retry", "manager admin")]
    [InlineData("POST", "/elsa/api/workflow-definitions/nobody/publish", "designer admin")]
    [InlineData("DELETE", "/elsa/api/workflow-definitions/nobody", "designer admin")]
    [InlineData("GET", "/elsa/api/workflow-definitions", "rep manager designer admin")]
    [InlineData("PUT", "/api/sending/settings", "admin")]
    [InlineData("POST", "/api/members/password-links", "admin")]
    [InlineData("POST", "/api/channels/nobody/settings", "admin")]
    [InlineData("GET", "/settings/people", "admin")]
    [InlineData("GET", "/settings/audit", "admin")]
    [InlineData("GET", "/playbooks", "designer admin")]
    [InlineData("GET", "/today", "rep manager designer admin")]
    public async Task These_are_for(string method, string path, string roles)
    {
        foreach (var role in AccessRole.All)
        {
            using var client = await Client(role);
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method is "POST" or "PUT" ? new StringContent("{}", Encoding.UTF8, "application/json") : null };
            using var response = await client.SendAsync(request);
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden == !roles.Split(' ').Contains(role), $"{role} got {(int)response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/today")]
    [InlineData("/settings/people")]
    [InlineData("/nowhere")]
    [InlineData("/docs")]
    public async Task A_person_who_is_not_signed_in_is_led_to_the_sign_in_and_back(string path)
    {
        await _trial.Member("Ada Owner", AccessRole.Admin);
        using var client = await Client(Nobody[0]);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.Redirect, $"/signin?returnUrl={Uri.EscapeDataString(path)}"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    private async Task<HttpClient> Client(string role)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(_trial.Server.Url) };
        if (role != Nobody[0])
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await _trial.Member($"The {role}", role)).Token);
        return client;
    }

    // Ends the session of whoever asks, waits for a browser that never comes, or is there only for a file that is.
    private static bool Ends(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText is { } route && route.Trim('/') is "signout" or "_blazor" or "_blazor/disconnect" or "elsa/hubs/workflow-instance";

    private static string Fill(string route) => "/" + Parameter().Replace(route, match => match.Value switch
    {
        var text when text.Contains(":guid", StringComparison.Ordinal) => "0199aaaa-0000-7000-8000-000000000000",
        var text when text.Contains(":long", StringComparison.Ordinal) || text.Contains(":int", StringComparison.Ordinal) => "987654",
        "{version}" => "3",
        _ => "nobody",
    }).Trim('/');

    public sealed class OneServer : IAsyncLifetime
    {
        internal TrialServer Trial { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Trial = await TrialServer.Start(Playbook.Server.Tests.Trial.Playbooks.Outreach);

        public ValueTask DisposeAsync() => Trial.DisposeAsync();
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
