using Playbook.Abstractions;

namespace Playbook.ContractTests.Channels;

/// <summary>What every channel must do. Derive from it, make the channel, and say what it has sent.</summary>
public abstract class ChannelContract
{
    protected static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A channel whose clock stands at <see cref="Now"/>.</summary>
    protected abstract IChannel Channel { get; }

    /// <summary>An address that the channel can reach.</summary>
    protected abstract string Address { get; }

    /// <summary>How many messages have gone out so far.</summary>
    protected abstract int Sent { get; }

    [Fact]
    public async Task Validation_of_good_settings_finds_nothing_and_sends_nothing()
    {
        Assert.Empty(await Channel.Validate(CancellationToken.None));
        Assert.Equal(0, Sent);
    }

    [Fact]
    public async Task A_message_with_a_permit_goes_out_once()
    {
        Assert.IsType<SendResult.Accepted>(await Send("m-1"));

        Assert.Equal(1, Sent);
    }

    [Fact]
    public async Task The_same_message_sent_again_goes_out_once_and_gets_the_same_answer()
    {
        var first = await Send("m-1");
        var second = await Send("m-1");

        Assert.Equal(first, second);
        Assert.Equal(1, Sent);
    }

    [Fact]
    public async Task Sending_again_after_the_permit_ran_out_still_says_that_it_went()
    {
        var first = await Send("m-1");

        Assert.Equal(first, await Send("m-1", validUntil: Now.AddHours(-1)));
        Assert.Equal(1, Sent);
    }

    [Fact]
    public async Task Two_messages_are_two()
    {
        await Send("m-1");
        await Send("m-2");

        Assert.Equal(2, Sent);
    }

    [Fact]
    public async Task Nothing_goes_out_on_a_permit_that_ran_out()
    {
        Assert.IsNotType<SendResult.Accepted>(await Send("m-1", validUntil: Now.AddSeconds(-1)));
        Assert.Equal(0, Sent);
    }

    [Fact]
    public async Task Nothing_goes_out_on_a_permit_for_another_message()
    {
        Assert.IsType<SendResult.Refused>(await Channel.Send(Message("m-1"), Permit("m-2", Now.AddMinutes(5)), CancellationToken.None));
        Assert.Equal(0, Sent);
    }

    [Theory]
    [InlineData("../../etc/x")]
    [InlineData("a/b\\c:d")]
    [InlineData("æøå \n\r\0")]
    public async Task Any_text_can_be_a_key(string key)
    {
        Assert.IsType<SendResult.Accepted>(await Send(key));
        Assert.IsType<SendResult.Accepted>(await Send(key));
        Assert.Equal(1, Sent);
    }

    protected OutgoingMessage Message(string key) => new(key, Address, "Ada Byron", "Hello", "Hi Ada") { FromName = "Bo", FromAddress = "bo@example.org", CreatedAt = Now };

    private ValueTask<SendResult> Send(string key, DateTimeOffset? validUntil = null) =>
        Channel.Send(Message(key), Permit(key, validUntil ?? Now.AddMinutes(5)), CancellationToken.None);

    private static Permit Permit(string key, DateTimeOffset validUntil) => new(key, Now.AddHours(-2), validUntil, "Agreed.");
}
