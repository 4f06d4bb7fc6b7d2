using System.Net;
using System.Text;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

public sealed class WebhookTests
{
    // It tells what it was asked, and is signed by a header.
    private static readonly string Source = PluginBuild.Fax(more: """
        public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken) => request.Path switch
        {
            "throw" => throw new InvalidOperationException("no ink"),
            "hang" => Hang(),
            "unsigned" => new(InboundAnswer.NotSigned),
            _ => new(new InboundAnswer(200, Array.Empty<ChannelEvent>()) { Body = request.Method + " " + request.Path + " " + request.Url + " " + request.Body.Length + " " + request.Query.Count + " " + request.Headers["x-signature"] }),
        };
        private static async ValueTask<InboundAnswer> Hang() { await new TaskCompletionSource().Task; return null!; }
        """);

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_channel_gets_the_request_as_it_was_signed(string method)
    {
        await using var trial = await Start();
        using var request = Signed(new HttpMethod(method), "/channels/fax/in/status?a=1&b=%C3%A6", method == "POST" ? "hello" : null);
        using var answer = await trial.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"{method} in/status {trial.Server.Url}/channels/fax/in/status?a=1&b=%C3%A6 {(method == "POST" ? 5 : 0)} 2 abc", Uri.UnescapeDataString(await answer.Content.ReadAsStringAsync()).Replace("æ", "%C3%A6", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_a_proxy_the_address_is_the_public_one()
    {
        await using var trial = await Start(new Uri("https://sales.example.com/"));
        using var request = Signed(HttpMethod.Post, "/channels/fax/in", "hello");
        request.Headers.Host = "sales.example.com";
        request.Headers.Add("Origin", "https://provider.example.net");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await trial.Http.SendAsync(request);

        Assert.Contains("https://sales.example.com/channels/fax/in ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_else_stays_closed_to_the_outside()
    {
        await using var trial = await Start(new Uri("https://sales.example.com/"));
        foreach (var path in new[] { "/api/channels", "/api/channels/fax/disable", "/settings/channels", "/channels" })
        {
            using var request = Signed(HttpMethod.Post, path, "{}");
            request.Headers.Host = "sales.example.com";
            using var answer = await trial.Http.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{path}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("unsigned", HttpStatusCode.Unauthorized)]
    [InlineData("throw", HttpStatusCode.ServiceUnavailable)]
    [InlineData("hang", HttpStatusCode.ServiceUnavailable)]
    public async Task What_the_channel_cannot_take_is_answered_so(string path, HttpStatusCode status)
    {
        await using var trial = await Start();
        using var request = Signed(HttpMethod.Post, $"/channels/fax/{path}", "hello");
        using var answer = await trial.Http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData(1024 * 1024, HttpStatusCode.OK)]
    [InlineData(1024 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_of_more_than_a_megabyte_never_reaches_the_channel(int size, HttpStatusCode status)
    {
        await using var trial = await Start();
        foreach (var chunked in new[] { false, true })
        {
            using var request = Signed(HttpMethod.Post, "/channels/fax/in", new string('x', size));
            request.Headers.TransferEncodingChunked = chunked;
            using var answer = await trial.Http.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_not_found()
    {
        await using var trial = await Start();
        using var answer = await trial.Http.GetAsync(new Uri("/channels/telex/in", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static HttpRequestMessage Signed(HttpMethod method, string path, string? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8) };
        request.Headers.Add("X-Signature", "abc");
        return request;
    }

    private static async Task<TrialServer> Start(Uri? publicUrl = null)
    {
        var trial = new TrialServer { With = options => options with { PublicUrl = publicUrl, PluginLimits = options.PluginLimits with { Receive = TimeSpan.FromSeconds(1) } } };
        Directory.CreateDirectory(trial.Playbooks);
        PluginBuild.Write(trial.Plugins, Source);
        await trial.StartAgain();
        return trial;
    }
}
