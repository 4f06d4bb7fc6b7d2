extern alias webhook;

using System.Net;
using System.Text;
using System.Text.Json;
using Playbook.Abstractions;
using webhook::Playbook.Webhook;

namespace Playbook.Plugins.Tests.Webhook;

public sealed class WebhookChannelTests : IDisposable
{
    private const string New = "whsec_b3V0b3V0b3V0b3V0b3V0b3V0b3V0b3V0";
    private const string Old = "whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xk";

    private readonly List<(string Id, string Time, string Signature, byte[] Body)> _taken = [];
    private readonly Provider _provider;
    private readonly Dictionary<string, string> _settings = new()
    {
        ["url"] = "https://crm.example.com/hooks/playbook",
        ["secret"] = New,
        ["allow_private"] = "true",
    };

    private Func<HttpResponseMessage> _answer = static () => Provider.Answer(202);

    public WebhookChannelTests() => _provider = new Provider(async (request, cancel) =>
    {
        string Header(string name) => request.Headers.GetValues(name).Single();
        _taken.Add((Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), await request.Content!.ReadAsByteArrayAsync(cancel)));
        return _answer();
    });

    [Fact]
    public async Task The_document_tells_all_of_the_message_and_its_signature_holds()
    {
        var message = _provider.Message("01jx:m-1", "crm-42", "Kære Åse 😀") with
        {
            Subject = "Møde?",
            Inputs = new Dictionary<string, object?> { ["Event"] = "lead.qualified", ["Data"] = new Dictionary<string, object?> { ["score"] = 7 } },
            Attachments = [new Attachment("a.txt", "text/plain", "hi"u8.ToArray())],
            UnsubscribeUrl = new Uri("https://sales.example.com/u/1"),
        };

        Assert.Equal(new SendResult.Accepted("01jx:m-1"), await _provider.Send(Open(), message));

        var (id, time, signature, body) = Assert.Single(_taken);
        Assert.True(WebhookSignature.Holds([WebhookSignature.Key(New)!], id, time, signature, body, Provider.Start));
        using var document = JsonDocument.Parse(body);
        var (root, data) = (document.RootElement, document.RootElement.GetProperty("data"));
        Assert.Equal(("lead.qualified", "2026-03-02T09:00:00Z"), (root.GetProperty("type").GetString(), root.GetProperty("timestamp").GetString()));
        Assert.Equal(("01jx:m-1", "crm-42", "Møde?", "Kære Åse 😀"), (Text("key"), Text("to"), Text("subject"), Text("text")));
        Assert.Equal(("https://sales.example.com/u/1", "bo@example.org", 7), (Text("unsubscribeUrl"), data.GetProperty("from").GetProperty("address").GetString(), data.GetProperty("data").GetProperty("score").GetInt32()));
        Assert.Equal("hi", Encoding.UTF8.GetString(data.GetProperty("attachments")[0].GetProperty("content").GetBytesFromBase64()));

        string? Text(string name) => data.GetProperty(name).GetString();
    }

    [Fact]
    public async Task While_secrets_change_over_both_sign()
    {
        _settings["old_secret"] = Old;

        await Send("m-1");

        var (id, time, signature, body) = Assert.Single(_taken);
        Assert.Equal(2, signature.Split(' ').Length);
        Assert.True(WebhookSignature.Holds([WebhookSignature.Key(New)!], id, time, signature, body, Provider.Start));
        Assert.True(WebhookSignature.Holds([WebhookSignature.Key(Old)!], id, time, signature, body, Provider.Start));
    }

    [Fact]
    public async Task After_a_lost_answer_the_same_request_is_made_again_so_that_the_other_side_can_tell()
    {
        var message = _provider.Message("m-1", "crm-42");
        _provider.After = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        await Assert.ThrowsAsync<HttpRequestException>(async () => await _provider.Send(Open(), message));
        _provider.After = _ => { };
        _provider.Clock.Advance(TimeSpan.FromMinutes(2));

        await _provider.Send(Open(), message);
        await _provider.Send(Open(), message); // known by now

        Assert.Equal(2, _taken.Count);
        Assert.Equal(_taken[0].Id, _taken[1].Id);
        Assert.Equal(_taken[0].Body, _taken[1].Body);
        Assert.NotEqual(_taken[0].Time, _taken[1].Time);
    }

    [Theory]
    [InlineData("æøå \n\r\0")]
    [InlineData("a.b")]
    [InlineData("")]
    public async Task A_key_that_can_be_no_header_has_an_id_of_its_own(string key)
    {
        await Send(key);

        Assert.Matches("^msg_[0-9a-f]{32}$", Assert.Single(_taken).Id);
    }

    [Fact]
    public async Task The_other_sides_own_name_for_it_is_kept()
    {
        _answer = () => Provider.Answer(201, """{"id":"crm-note-9"}""");

        Assert.Equal(new SendResult.Accepted("crm-note-9"), await Send("m-1"));
    }

    [Theory]
    [InlineData(200, typeof(SendResult.Accepted))]
    [InlineData(204, typeof(SendResult.Accepted))]
    [InlineData(400, typeof(SendResult.Refused))]
    [InlineData(410, typeof(SendResult.Refused))]
    [InlineData(422, typeof(SendResult.Refused))]
    [InlineData(408, typeof(SendResult.TryLater))]
    [InlineData(429, typeof(SendResult.TryLater))]
    [InlineData(500, typeof(SendResult.TryLater))]
    [InlineData(503, typeof(SendResult.TryLater))]
    public async Task What_the_other_side_answers_decides(int status, Type kind)
    {
        _answer = () => Provider.Answer(status, "why", ("Retry-After", "90"));

        var result = await Send("m-1");

        Assert.IsType(kind, result);
        if (result is SendResult.TryLater later)
            Assert.Equal(TimeSpan.FromSeconds(90), later.After);
    }

    [Theory]
    [InlineData(302, "redirects are not followed")]
    [InlineData(401, "same secret")]
    [InlineData(404, "look at the address")]
    public async Task A_fault_of_the_settings_is_thrown_and_shows_in_its_health(int status, string said)
    {
        _answer = () => Provider.Answer(status, "", ("Location", "http://169.254.169.254/"));
        var channel = Open();

        var fault = await Assert.ThrowsAsync<HttpRequestException>(async () => await _provider.Send(channel, _provider.Message("m-1", "x")));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.False(channel.Health.IsWell);
        _answer = () => Provider.Answer(200);
        Assert.IsType<SendResult.Accepted>(await _provider.Send(channel, _provider.Message("m-1", "x")));
        Assert.True(channel.Health.IsWell);
    }

    [Fact]
    public async Task Retry_after_may_be_a_date()
    {
        _answer = () => Provider.Answer(503, "", ("Retry-After", "Mon, 02 Mar 2026 09:10:00 GMT"));

        Assert.Equal(TimeSpan.FromMinutes(10), Assert.IsType<SendResult.TryLater>(await Send("m-1")).After);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/hook")]
    [InlineData("http://localhost/hook")]
    [InlineData("http://[::1]/hook")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://10.0.0.7/hook")]
    [InlineData("http://[::ffff:10.0.0.7]/hook")]
    public async Task An_address_inside_this_network_is_called_only_where_that_is_allowed(string url)
    {
        _settings["url"] = url;
        _settings["allow_private"] = "false";

        Assert.Contains("inside this machine's own network", Assert.Single(await Open().Validate(CancellationToken.None)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ForbiddenAddressException>(() => Send("m-1"));
        Assert.Empty(_taken);
        _settings["allow_private"] = "true";
        Assert.IsType<SendResult.Accepted>(await Send("m-1"));
    }

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("172.15.0.1", false)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("192.169.1.1", false)]
    [InlineData("100.64.0.1", true)]
    [InlineData("100.128.0.1", false)]
    [InlineData("198.18.0.1", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::", true)]
    [InlineData("::7f00:1", true)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("2002:a00:1::", true)]
    [InlineData("2606:4700::1111", false)]
    public void Addresses_that_nobody_outside_could_reach_are_known(string address, bool inside) => Assert.Equal(inside, ForbiddenAddressException.IsPrivate(IPAddress.Parse(address)));

    [Fact]
    public async Task Looking_at_the_settings_sends_a_signed_ping()
    {
        Assert.Empty(await Open().Validate(CancellationToken.None));

        using var document = JsonDocument.Parse(Assert.Single(_taken).Body);
        Assert.Equal("playbook.ping", document.RootElement.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("url", "", "address is missing")]
    [InlineData("url", "ftp://x", "no web address")]
    [InlineData("url", "https://a:b@x.example/", "leave them out")]
    [InlineData("secret", "", "secret for what goes out is missing")]
    [InlineData("secret", "whsec_c2hvcnQ=", "24 to 64 bytes")]
    [InlineData("in_secret", "not base64!", "24 to 64 bytes")]
    public async Task What_is_wrong_with_the_settings_is_said_in_a_sentence(string setting, string value, string said)
    {
        _settings[setting] = value;

        Assert.Contains(said, Assert.Single(await Open().Validate(CancellationToken.None)), StringComparison.Ordinal);
        // The message is kept until they are put right.
        Assert.Contains(said, (await Assert.ThrowsAsync<HttpRequestException>(() => Send("m-1"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _provider.Dispose();

    private IChannel Open() => new WebhookPlugin().Open(_provider.Setup(_settings));

    private async Task<SendResult> Send(string key) => await _provider.Send(Open(), _provider.Message(key, "crm-42"));
}
