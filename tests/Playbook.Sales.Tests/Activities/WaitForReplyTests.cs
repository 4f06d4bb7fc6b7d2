using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class WaitForReplyTests
{
    private static FakeContext Waiting(object? leave = null)
    {
        var context = new FakeContext(new WaitForReply()) { Inputs = Object(("TimeLimit", "3.00:00:00"), ("LeaveOnAutoReply", leave)) };
        context.Execute();
        return context;
    }

    [Fact]
    public void A_message_that_came_back_for_good_has_a_port_of_its_own()
    {
        var bounced = Waiting().Resume(new Stimulus.Bounced("Mailbox unknown.", BounceKind.Hard));

        Assert.Equal(("Bounced", "Mailbox unknown."), (bounced.Outcome(), bounced.Output("Reason")));
    }

    [Theory]
    [InlineData(BounceKind.Soft)]
    [InlineData(BounceKind.Policy)]
    public void A_message_that_is_late_or_that_our_own_standing_kept_out_says_nothing_about_the_contact(BounceKind kind)
    {
        var waits = Assert.IsType<ActivityResult.Waiting>(Waiting().Resume(new Stimulus.Bounced("Not now.", kind)));

        Assert.Equal([Bookmark.Reply()], waits.Bookmarks);
        Assert.False(waits.Instead);
    }

    [Fact]
    public void An_end_of_the_subscription_and_a_complaint_each_have_a_port_of_their_own()
    {
        var no = Waiting().Resume(new Stimulus.Unsubscribed("STOP", "sms"));

        Assert.Equal(("Unsubscribed", "STOP", "sms"), (no.Outcome(), no.Output("Text"), no.Output("Channel")));
        Assert.Equal("Complained", Waiting().Resume(new Stimulus.Complained("email")).Outcome());
    }

    [Fact]
    public void An_answer_that_may_ask_for_no_more_is_an_answer_with_those_words_marked()
    {
        var reply = Waiting().Resume(new Stimulus.Replied("Please stop writing", "email") { PossibleOptOut = "stop" });

        Assert.Equal(("Replied", "stop"), (reply.Outcome(), reply.Output("PossibleOptOut")));
    }

    [Fact]
    public void An_automatic_answer_moves_the_time_limit_past_the_return()
    {
        var context = Waiting();
        context.Now = Monday.AddDays(1);

        var waits = Assert.IsType<ActivityResult.Waiting>(context.Resume(new Stimulus.AutoReplied("Away", "email", Monday.AddDays(10))));

        // Two of the three days were left.
        Assert.Equal([Bookmark.Reply(), Bookmark.Until(Monday.AddDays(12))], waits.Bookmarks);
        Assert.True(waits.Instead);
    }

    [Fact]
    public void A_second_automatic_answer_does_not_add_to_the_first()
    {
        var context = Waiting();
        context.Now = Monday.AddDays(1);
        context.Resume(new Stimulus.AutoReplied("Away", "email", Monday.AddDays(10)));
        context.Now = Monday.AddDays(2);

        Assert.Equal([Bookmark.Reply(), Bookmark.Until(Monday.AddDays(12))], context.Resume(new Stimulus.AutoReplied("Away", "email", Monday.AddDays(10))).Bookmarks());
    }

    [Fact]
    public void An_automatic_answer_without_a_return_or_with_one_far_away_leaves_the_limit_where_it_is()
    {
        Assert.Equal([Bookmark.Reply(), Bookmark.Until(Monday.AddDays(3))], Waiting().Resume(new Stimulus.AutoReplied("Away", "email", null)).Bookmarks());
        Assert.Equal([Bookmark.Reply(), Bookmark.Until(Monday.AddDays(3))], Waiting().Resume(new Stimulus.AutoReplied("Away", "email", Monday.AddDays(400))).Bookmarks());
        Assert.Equal([Bookmark.Reply(), Bookmark.Until(Monday.AddDays(3))], Waiting().Resume(new Stimulus.AutoReplied("Away", "email", Monday.AddDays(-1))).Bookmarks());
    }

    [Fact]
    public void An_automatic_answer_ends_the_wait_where_the_designer_wants_it()
    {
        var away = Waiting(leave: true).Resume(new Stimulus.AutoReplied("Away", "email", Monday.AddDays(10)));

        Assert.Equal(("Auto-reply", (object?)Monday.AddDays(10)), (away.Outcome(), away.Output("ReturnsAt")));
    }

    [Fact]
    public void A_late_message_is_waited_for_and_one_turned_away_has_failed()
    {
        var mail = new FakeContext(new SendMessage()) { Inputs = Object(("Channel", "email"), ("Script", "intro-mail")) };

        Assert.Equal([Bookmark.Delivery()], mail.Resume(new Stimulus.Bounced("Mailbox full.", BounceKind.Soft)).Bookmarks());
        Assert.Equal("Failed", mail.Resume(new Stimulus.Bounced("Blocked.", BounceKind.Policy)).Outcome());
    }
}
