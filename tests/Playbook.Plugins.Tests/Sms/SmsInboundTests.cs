using Playbook.Abstractions;
using Playbook.Sms;
using Playbook.Twilio;

namespace Playbook.Plugins.Tests.Sms;

public sealed class SmsInboundTests : IDisposable
{
    private const string Ada = "+4512345678";

    private readonly Provider _provider = new((_, _) => throw new InvalidOperationException("Nothing is asked of Twilio here."));

    [Theory]
    [InlineData("Ja tak 😀", typeof(ChannelEvent.Replied))]
    [InlineData("Please stop writing", typeof(ChannelEvent.Replied))]
    [InlineData("Stop.", typeof(ChannelEvent.Unsubscribed))]
    [InlineData("afmeld mig", typeof(ChannelEvent.Unsubscribed))]
    [InlineData("HELP", typeof(ChannelEvent.Replied))]
    [InlineData("START", typeof(ChannelEvent.Replied))]
    [InlineData("", typeof(ChannelEvent.Replied))]
    public async Task A_text_is_a_reply_or_the_end(string text, Type kind)
    {
        var answer = await Receive("", ("MessageSid", "SM1"), ("From", Ada), ("Body", text));

        var heard = Assert.Single(answer.Events);
        Assert.IsType(kind, heard);
        Assert.Equal(("in:SM1", Ada, Provider.Start), (heard.Id, heard.Address, heard.At));
        Assert.Equal(text, heard is ChannelEvent.Unsubscribed end ? end.Wording : ((ChannelEvent.Replied)heard).Text);
        Assert.Equal((200, "text/xml; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.EndsWith("<Response/>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Twilio_itself_takes_for_a_stop_is_one() =>
        Assert.IsType<ChannelEvent.Unsubscribed>(Assert.Single((await Receive("", ("MessageSid", "SM1"), ("From", Ada), ("Body", "arrêt"), ("OptOutType", "STOP"))).Events));

    [Fact]
    public async Task A_picture_is_mentioned() =>
        Assert.Equal("[2 attached; see the message in Twilio]", Assert.IsType<ChannelEvent.Replied>(Assert.Single((await Receive("inbound", ("MessageSid", "SM1"), ("From", Ada), ("Body", ""), ("NumMedia", "2"))).Events)).Text);

    [Theory]
    [InlineData("queued", "", null)]
    [InlineData("sent", "", null)]
    [InlineData("delivered", "", typeof(ChannelEvent.Delivered))]
    [InlineData("undelivered", "30005", typeof(ChannelEvent.Bounced))]
    [InlineData("failed", "21610", typeof(ChannelEvent.Unsubscribed))]
    [InlineData("failed", "12345", typeof(ChannelEvent.Failed))]
    [InlineData("undelivered", "", typeof(ChannelEvent.Bounced))]
    public async Task A_report_says_what_became_of_the_message(string status, string code, Type? kind)
    {
        var answer = await Receive("status?k=bS0x", ("MessageSid", "SM1"), ("MessageStatus", status), ("ErrorCode", code), ("To", Ada));

        Assert.Equal(200, answer.Status);
        if (kind is null)
        {
            Assert.Empty(answer.Events);
            return;
        }

        var heard = Assert.Single(answer.Events);
        Assert.IsType(kind, heard);
        Assert.Equal(($"SM1:{status}", "m-1", "SM1", Ada), (heard.Id, heard.MessageKey, heard.ProviderId, heard.Address));
    }

    [Theory]
    [InlineData("30003", BounceKind.Soft)]
    [InlineData("30006", BounceKind.Hard)]
    [InlineData("30007", BounceKind.Policy)]
    [InlineData("30034", BounceKind.Policy)]
    [InlineData("21614", BounceKind.Hard)]
    public async Task Error_numbers_are_told_apart(string code, BounceKind kind) =>
        Assert.Equal(kind, Assert.IsType<ChannelEvent.Bounced>(Assert.Single((await Receive("status", ("MessageSid", "SM1"), ("MessageStatus", "undelivered"), ("ErrorCode", code))).Events)).Kind);

    [Fact]
    public async Task Whatever_is_not_Twilios_is_answered_401_without_events()
    {
        var request = TrialTwilio.Request(new Uri(_provider.PublicUrl!, ""), "", ("MessageSid", "SM1"), ("From", Ada), ("Body", "STOP"));

        foreach (var forged in TrialTwilio.Forge(request))
            Assert.Equal((401, 0), await Seen(forged));
        Assert.Equal((404, 0), await Seen(request with { Path = "other" }));
        Assert.Equal((405, 0), await Seen(request with { Method = "GET" }));
        Assert.Equal((200, 1), await Seen(request));

        async Task<(int, int)> Seen(InboundRequest one)
        {
            var answer = await Open().Receive(one, CancellationToken.None);
            return (answer.Status, answer.Events.Count);
        }
    }

    [Fact]
    public async Task The_same_report_again_has_the_same_id()
    {
        var first = await Receive("status", ("MessageSid", "SM1"), ("MessageStatus", "delivered"));
        _provider.Clock.Advance(TimeSpan.FromHours(1));
        var second = await Receive("status", ("MessageSid", "SM1"), ("MessageStatus", "delivered"));

        Assert.Equal(first.Events[0].Id, second.Events[0].Id);
    }

    public void Dispose() => _provider.Dispose();

    private IChannel Open() => new SmsPlugin().Open(_provider.Setup(TrialTwilio.Settings));

    private ValueTask<InboundAnswer> Receive(string path, params ReadOnlySpan<(string Name, string Value)> form) =>
        Open().Receive(TrialTwilio.Request(new Uri(_provider.PublicUrl!, path), path.Split('?')[0], form), CancellationToken.None);
}
