extern alias webhook;

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using webhook::Playbook.Webhook;

namespace Playbook.Plugins.Tests.Webhook;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] Key = WebhookSignature.Key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void It_is_the_one_of_Standard_Webhooks_own_example() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of([Key], "msg_p5jXN8AQM9LWM0D4loKWxJek", At, """{"test": 2432232314}"""u8));

    [Property(MaxTest = 500)]
    public void What_is_signed_holds_with_either_key_and_among_others(NonEmptyString id, byte[] body, byte[] other)
    {
        byte[] second = [.. Key.Reverse()];
        var signature = WebhookSignature.Of([second, Key], id.Get, At, body);

        Assert.True(Holds([Key], id.Get, signature, body));
        Assert.True(Holds([second], id.Get, "v1a,asymmetric " + signature, body));
        Assert.False(Holds([[.. Key.Skip(1), (byte)1]], id.Get, signature, body));
        Assert.False(Holds([], id.Get, signature, body));
        Assert.False(Holds([Key], id.Get + "x", signature, body));
        Assert.False(Holds([Key], id.Get, signature, [.. body, 1, .. other]));
        Assert.False(Holds([Key], id.Get, Convert.ToBase64String(other), body));
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_request_from_five_minutes_ago_or_ahead_is_no_longer_taken(int seconds, bool holds)
    {
        var signature = WebhookSignature.Of([Key], "m", At, "{}"u8);

        Assert.Equal(holds, WebhookSignature.Holds([Key], "m", WebhookSignature.Seconds(At), signature, "{}"u8, At.AddSeconds(-seconds)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    public void A_time_that_is_none_is_not_taken(string time) =>
        Assert.False(WebhookSignature.Holds([Key], "m", time, WebhookSignature.Of([Key], "m", At, "{}"u8), "{}"u8, At));

    private static bool Holds(IReadOnlyList<byte[]> keys, string id, string signature, byte[] body) =>
        WebhookSignature.Holds(keys, id, WebhookSignature.Seconds(At), signature, body, At);
}
