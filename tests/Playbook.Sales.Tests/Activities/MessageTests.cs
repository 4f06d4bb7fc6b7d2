using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class MessageTests
{
    private static FakeContext Mail(object? wait = null) =>
        new(new SendMessage()) { Inputs = Object(("Channel", "email"), ("Script", "intro-mail"), ("WaitForDelivery", wait)) };

    [Fact]
    public void A_message_is_sent_and_its_fate_awaited()
    {
        var result = Mail().Execute();

        Assert.Equal(new Effect.SendMessage("message", "email", "intro-mail"), result.Effect<Effect.SendMessage>());
        Assert.Equal([Bookmark.Delivery()], result.Bookmarks());
    }

    [Fact]
    public void A_message_that_need_not_be_awaited_counts_as_sent_at_once()
    {
        var result = Mail(wait: false).Execute();

        Assert.Equal("Sent", result.Outcome());
        Assert.Equal("intro-mail", result.Effect<Effect.SendMessage>().Script);
    }

    [Fact]
    public void Delivered_means_sent_and_both_rejected_and_bounced_mean_failed_with_the_reason()
    {
        Assert.Equal("Sent", Mail().Resume(new Stimulus.Delivered("id-1")).Outcome());
        var rejected = Mail().Resume(new Stimulus.Rejected("No consent for e-mail."));
        var bounced = Mail().Resume(new Stimulus.Bounced("Mailbox unknown.", BounceKind.Hard));

        Assert.Equal(("Failed", "No consent for e-mail."), (rejected.Outcome(), rejected.Output("Reason")));
        Assert.Equal(("Failed", "Mailbox unknown."), (bounced.Outcome(), bounced.Output("Reason")));
    }

    [Fact]
    public void A_message_without_channel_and_script_says_what_to_set()
    {
        Assert.Equal(
            "The input 'channel' is missing: name the channel that the message goes over, such as email. The input 'script' is missing: name the script that it is written from, such as intro-mail.",
            new FakeContext(new SendMessage()).Execute().Reason());
    }

    [Fact]
    public void A_reply_is_awaited_until_the_time_limit()
    {
        var context = new FakeContext(new WaitForReply()) { Inputs = Object(("TimeLimit", "3.00:00:00")) };

        Assert.Equal([Bookmark.Reply(), Bookmark.Until(Monday.AddDays(3))], context.Execute().Bookmarks());
    }

    [Fact]
    public void A_reply_is_handed_on_and_silence_has_a_port_of_its_own()
    {
        var context = new FakeContext(new WaitForReply()) { Inputs = Object(("TimeLimit", "3.00:00:00")) };

        var reply = context.Resume(new Stimulus.Replied("Yes, please", "email"));

        Assert.Equal(("Replied", "Yes, please", "email"), (reply.Outcome(), reply.Output("Text"), reply.Output("Channel")));
        Assert.Equal("No reply", context.Resume(new Stimulus.Due()).Outcome());
    }

    [Theory]
    [InlineData(null, "The input 'timeLimit' is missing: say how long to wait")]
    [InlineData("00:00:00", "The input 'timeLimit' is 00:00:00, and a wait must be longer than nothing")]
    [InlineData("-01:00:00", "The input 'timeLimit' is -01:00:00, and a wait must be longer than nothing")]
    [InlineData(3L, "The input 'timeLimit' is the number 3, which is not a length of time")]
    public void Nobody_waits_for_a_reply_without_a_real_time_limit(object? limit, string reason)
    {
        var context = new FakeContext(new WaitForReply()) { Inputs = Object(("TimeLimit", limit)) };

        Assert.StartsWith(reason, context.Execute().Reason(), StringComparison.Ordinal);
    }
}
