extern alias webhook;

using System.Text;
using Playbook.Abstractions;
using webhook::Playbook.Webhook;

namespace Playbook.Plugins.Tests.Webhook;

public sealed class WebhookInboundTests : IDisposable
{
    private const string In = "whsec_aW5pbmluaW5pbmluaW5pbmluaW5pbmlu";

    private readonly Provider _provider = new((_, _) => throw new InvalidOperationException("Nothing is sent here."));
    private readonly Dictionary<string, string> _settings = new()
    {
        ["url"] = "https://crm.example.com/hooks/playbook",
        ["secret"] = "whsec_b3V0b3V0b3V0b3V0b3V0b3V0b3V0b3V0",
        ["in_secret"] = In,
    };

    [Theory]
    [InlineData("""{"type":"replied","data":{"messageKey":"m-1","text":"Ja tak 😀","subject":"Re: Møde"}}""", typeof(ChannelEvent.Replied))]
    [InlineData("""{"type":"autoReplied","data":{"messageKey":"m-1","text":"Away","returnsAt":"2026-03-09T08:00:00Z"}}""", typeof(ChannelEvent.AutoReplied))]
    [InlineData("""{"type":"delivered","data":{"messageKey":"m-1"}}""", typeof(ChannelEvent.Delivered))]
    [InlineData("""{"type":"bounced","data":{"messageKey":"m-1","kind":"policy","reason":"Blocked"}}""", typeof(ChannelEvent.Bounced))]
    [InlineData("""{"type":"failed","data":{"messageKey":"m-1","reason":"Gone"}}""", typeof(ChannelEvent.Failed))]
    [InlineData("""{"type":"complained","data":{"messageKey":"m-1"}}""", typeof(ChannelEvent.Complained))]
    [InlineData("""{"type":"unsubscribed","data":{"messageKey":"m-1","wording":"Nej tak"}}""", typeof(ChannelEvent.Unsubscribed))]
    [InlineData("""{"type":"answered","data":{"messageKey":"m-1","answer":"accepted","details":{"start":"2026-03-09T08:00:00Z","n":2}}}""", typeof(ChannelEvent.Answered))]
    public async Task Each_type_is_an_event_with_the_requests_own_id(string body, Type kind)
    {
        var answer = await Receive(body);

        Assert.Equal(200, answer.Status);
        var heard = Assert.Single(answer.Events);
        Assert.IsType(kind, heard);
        Assert.Equal(("evt_1", "m-1", Provider.Start), (heard.Id, heard.MessageKey, heard.At));
    }

    [Fact]
    public async Task What_belongs_to_an_event_comes_with_it()
    {
        var answer = await Receive("""{"type":"answered","timestamp":"2026-03-02T08:00:00+01:00","data":{"providerId":"crm-9","address":"ada@example.com","answer":"proposed","details":{"start":"2026-03-09","n":2,"list":[1]}}}""");

        var heard = Assert.IsType<ChannelEvent.Answered>(Assert.Single(answer.Events));
        Assert.Equal(("proposed", "crm-9", "ada@example.com", new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero)), (heard.Answer, heard.ProviderId, heard.Address, heard.At));
        Assert.Equal([KeyValuePair.Create("start", (object?)"2026-03-09"), KeyValuePair.Create("n", (object?)2L), KeyValuePair.Create("list", (object?)"[1]")], heard.Data);
    }

    [Theory]
    [InlineData("""{"type":"replied","data":{"messageKey":"m-1"}}""", 422, "data.text")]
    [InlineData("""{"type":"bounced","data":{"messageKey":"m-1","kind":"odd"}}""", 422, "data.kind")]
    [InlineData("""{"type":"answered","data":{"messageKey":"m-1"}}""", 422, "data.answer")]
    [InlineData("""{"type":"delivered","data":{}}""", 422, "whom it is about")]
    [InlineData("""{"type":"delivered"}""", 422, "whom it is about")]
    [InlineData("""{"type":"invoice.paid","data":{}}""", 202, "invoice.paid")]
    [InlineData("[1]", 202, "Nothing was done")]
    [InlineData("{\"type\":", 400, "no JSON")]
    public async Task What_cannot_be_read_is_answered_with_its_cause(string body, int status, string said)
    {
        var answer = await Receive(body);

        Assert.Equal((status, 0), (answer.Status, answer.Events.Count));
        Assert.Contains(said, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_a_request_is_refused_when_it_comes_late_and_is_the_same_event_when_it_comes_at_once()
    {
        var request = SignedRequest.Of(Provider.Start, "evt_1", """{"type":"delivered","data":{"messageKey":"m-1"}}""", In);
        var first = await Open().Receive(request, CancellationToken.None);
        var again = await Open().Receive(request, CancellationToken.None);
        _provider.Clock.Advance(WebhookSignature.Tolerance + TimeSpan.FromSeconds(1));
        var late = await Open().Receive(request, CancellationToken.None);

        Assert.Equal(first.Events, again.Events);
        Assert.Equal((401, 0), (late.Status, late.Events.Count));
    }

    [Fact]
    public async Task The_secret_before_the_last_is_taken_until_it_is_emptied()
    {
        const string Next = "whsec_bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3";
        (_settings["in_secret"], _settings["old_in_secret"]) = (Next, In);

        Assert.Equal(200, (await Receive("""{"type":"delivered","data":{"messageKey":"m-1"}}""")).Status);
        _settings.Remove("old_in_secret");
        Assert.Equal(401, (await Receive("""{"type":"delivered","data":{"messageKey":"m-1"}}""")).Status);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_taken_in()
    {
        _settings.Remove("in_secret");

        Assert.Equal(401, (await Receive("""{"type":"delivered","data":{"messageKey":"m-1"}}""")).Status);
    }

    public void Dispose() => _provider.Dispose();

    private IChannel Open() => new WebhookPlugin().Open(_provider.Setup(_settings));

    private ValueTask<InboundAnswer> Receive(string body) =>
        Open().Receive(SignedRequest.Of(Provider.Start, "evt_1", body, In), CancellationToken.None);
}
