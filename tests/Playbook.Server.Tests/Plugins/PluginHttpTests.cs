using System.Net;
using Playbook.Abstractions;
using Playbook.Server.Plugins;
using Playbook.Server.Plugins.Verification;

namespace Playbook.Server.Tests.Plugins;

public sealed class PluginHttpTests
{
    [Theory]
    [InlineData("api.example.com", "https://api.example.com/x", true)]
    [InlineData("api.example.com", "https://API.EXAMPLE.COM/x", true)]
    [InlineData("api.example.com", "https://evil.com/api.example.com", false)]
    [InlineData("api.example.com", "https://api.example.com.evil.com/", false)]
    [InlineData("*.example.com", "https://a.b.example.com/", true)]
    [InlineData("*.example.com", "https://example.com/", false)]
    [InlineData("*.example.com", "https://evilexample.com/", false)]
    [InlineData("setting:address", "https://crm.acme.dk/hook", true)]
    [InlineData("setting:host", "https://mail.acme.dk/", true)]
    [InlineData("setting:address", "https://other.acme.dk/", false)]
    [InlineData("setting:missing", "https://crm.acme.dk/", false)]
    public void Hosts_are_those_that_plugin_json_names(string host, string url, bool allowed)
    {
        var settings = new Dictionary<string, string> { ["address"] = "https://crm.acme.dk/", ["host"] = "mail.acme.dk:993" };

        Assert.Equal(allowed, HostNames.Allow([host], settings, new Uri(url)));
    }

    [Fact]
    public async Task A_request_to_another_host_is_refused_before_it_leaves_even_by_a_redirect()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var asked = 0;
        var serving = Task.Run(async () =>
        {
            var context = await listener.GetContextAsync();
            asked++;
            context.Response.Redirect($"http://localhost:{port}/elsewhere");
            context.Response.Close();
        });
        using var http = PluginHttp.Create(new PluginManifest("fax", "1", 1, "x.dll", "X") { Hosts = ["127.0.0.1"] }, new Dictionary<string, string>());

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => http.GetAsync(new Uri($"http://localhost:{port}/")));
        Assert.Contains("plugin.json", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, asked);

        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
        await serving;
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(1, asked);
        Assert.Equal(TimeSpan.FromSeconds(30), http.Timeout);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.7")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("fd00::7")]
    public async Task A_name_of_the_authors_that_leads_into_this_network_is_not_called(string leadsTo)
    {
        using var http = Client("api.example.com", leadsTo);

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://api.example.com:9/")));

        Assert.Contains(leadsTo.Replace("::ffff:", "", StringComparison.Ordinal), fault.Message, StringComparison.Ordinal);
        Assert.Contains("inside this machine's network", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_the_operators_may_lead_into_this_network_and_is_looked_up_once_for_check_and_connection()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://*:{port}/");
        listener.Start();
        var serving = Task.Run(async () => (await listener.GetContextAsync()).Response.Close());
        var asked = new List<string>();
        using var http = Client("setting:address", "127.0.0.1", asked.Add);

        // No DNS knows this name: the connection goes to what was looked at, not to what a second look would give.
        using var answer = await http.GetAsync(new Uri($"http://crm.acme.invalid:{port}/"));
        await serving;

        Assert.Equal((HttpStatusCode.OK, "crm.acme.invalid"), (answer.StatusCode, Assert.Single(asked)));
    }

    [Fact]
    public async Task A_channel_can_ask_for_a_public_address_only()
    {
        using var http = Client("setting:address", "127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://crm.acme.invalid:9/");
        request.Options.Set(new HttpRequestOptionsKey<bool>(ChannelSetup.PublicAddressOnly), true);

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request));

        Assert.IsType<ForbiddenHostException>(fault.InnerException);
    }

    [Fact]
    public async Task No_name_leads_to_where_machines_in_a_cloud_keep_their_credentials()
    {
        using var http = Client("setting:address", "169.254.169.254");

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://crm.acme.invalid/")));

        Assert.IsType<ForbiddenHostException>(fault.InnerException);
    }

    private static HttpClient Client(string host, string leadsTo, Action<string>? asked = null) => PluginHttp.Create(
        new PluginManifest("fax", "1", 1, "x.dll", "X") { Hosts = [host] }, new Dictionary<string, string> { ["address"] = "http://crm.acme.invalid/" }, (name, _) =>
        {
            asked?.Invoke(name);
            return Task.FromResult(new[] { IPAddress.Parse(leadsTo) });
        });

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
