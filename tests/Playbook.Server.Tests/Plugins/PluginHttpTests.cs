using System.Net;
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

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
