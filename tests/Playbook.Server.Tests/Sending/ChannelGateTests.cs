using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;
using Playbook.Server.Sending;

namespace Playbook.Server.Tests.Sending;

public sealed class ChannelGateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendResult Accepted = new SendResult.Accepted("p-1");

    private readonly FakeTimeProvider _clock = new(Noon);
    private SendingLimits _limits = new() { SideBySide = 4 };

    [Fact]
    public void There_is_room_for_as_many_as_may_go_side_by_side()
    {
        var gate = Gate();
        gate.Enter();
        gate.Enter();
        gate.Enter();
        Assert.Equal(1, gate.Room());
        gate.Enter();
        Assert.Equal(0, gate.Room());
        gate.Leave(called: true);
        Assert.Equal(1, gate.Room());
    }

    [Fact]
    public void A_channel_with_a_rate_is_given_no_more_in_any_minute_than_it_may_get()
    {
        _limits = new() { SideBySide = 100, PerMinute = 120 };
        var gate = Gate();
        var given = 0;
        for (var second = 0; second < 60; second++)
        {
            for (var room = gate.Room(); room > 0; room--, given++)
            {
                gate.Enter();
                gate.Leave(called: true);
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(120, given);
    }

    [Fact]
    public void What_waits_by_our_own_rules_takes_nothing_from_the_rate()
    {
        _limits = new() { PerMinute = 60 };
        var gate = Gate();
        gate.Enter();
        gate.Leave(called: false);
        Assert.Equal(1, gate.Room());
        gate.Enter();
        gate.Leave(called: true);
        Assert.Equal(0, gate.Room());
    }

    [Fact]
    public async Task After_ten_failures_it_rests_and_says_until_when_and_why()
    {
        var gate = Gate();
        await Fail(gate, 9);
        Assert.Equal(4, gate.Room());
        Assert.Equal("E-mail: the last 9 failed: connection refused", gate.State.Text);
        await Fail(gate, 1);

        Assert.Equal(0, gate.Room());
        Assert.Equal("E-mail: resting until 12:00 UTC after 10 failures: connection refused", gate.State.Text);
        Assert.Equal(Noon.AddSeconds(30), gate.State.RestsUntil);
        var rests = await Assert.ThrowsAsync<ChannelRestsException>(() => gate.Send(this, "k", _ => new(Accepted), CancellationToken.None));
        Assert.Equal(Noon.AddSeconds(30), rests.Until);
    }

    [Fact]
    public async Task After_its_rest_one_message_tries_it_out_and_each_further_rest_is_longer()
    {
        var gate = Gate();
        await Fail(gate, 10);
        List<TimeSpan> rests = [];
        for (var i = 0; i < 8; i++)
        {
            rests.Add(gate.State.RestsUntil!.Value - _clock.GetUtcNow());
            _clock.Advance(rests[^1]);
            Assert.Equal(1, gate.Room());
            await Fail(gate, 1);
        }

        Assert.Equal([30, 60, 120, 240, 480, 900, 900, 900], rests.Select(rest => (int)rest.TotalSeconds));

        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(Accepted, await gate.Send(this, "k", _ => new(Accepted), CancellationToken.None));
        Assert.Equal(4, gate.Room());
        Assert.Equal("E-mail sends.", gate.State.Text);
        await Fail(gate, 10);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(30), gate.State.RestsUntil);
    }

    [Fact]
    public async Task After_a_day_of_failing_it_is_given_nothing_until_a_person_asks_for_it()
    {
        var gate = Gate();
        await Fail(gate, 10);
        while (_clock.GetUtcNow() < Noon.AddDays(1))
        {
            _clock.Advance(gate.State.RestsUntil!.Value - _clock.GetUtcNow());
            if (_clock.GetUtcNow() < Noon.AddDays(1))
                await Fail(gate, 1);
        }

        Assert.True(gate.Room() > 1, "What waits is not even given up.");
        var over = await Assert.ThrowsAsync<ChannelGivenUpException>(() => gate.Send(this, "k", _ => throw new InvalidOperationException("It was called."), CancellationToken.None));
        Assert.Equal("E-mail has failed since 2026-03-02 12:00 UTC and is given nothing any more: connection refused", over.Message);
        Assert.Equal(over.Message, gate.State.Text);

        gate.TryAgain();
        Assert.Equal(Accepted, await gate.Send(this, "k", _ => new(Accepted), CancellationToken.None));
        Assert.Equal(4, gate.Room());
    }

    [Fact]
    public async Task A_channel_that_was_opened_with_other_settings_begins_anew()
    {
        var gate = Gate();
        await Fail(gate, 10);
        Assert.Equal(Accepted, await gate.Send("opened anew", "k", _ => new(Accepted), CancellationToken.None));
        Assert.Equal(4, gate.Room());
    }

    [Fact]
    public async Task A_few_that_fail_among_many_that_go_do_not_make_it_rest()
    {
        var gate = Gate();
        for (var i = 0; i < 50; i++)
        {
            await Fail(gate, 1);
            await gate.Send(this, "k", _ => new(Accepted), CancellationToken.None);
        }

        Assert.Equal(4, gate.Room());
    }

    [Fact]
    public async Task One_channels_rest_is_no_other_channels()
    {
        var gates = new ChannelGates(_clock, _ => _limits, id => id);
        await Fail(gates.Of("email"), 10);
        Assert.Equal(0, gates.Of("email").Room());
        Assert.Equal(4, gates.Of("sms").Room());
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_told_to_stop()
    {
        var gate = Gate();
        var sending = gate.Send(this, "k", async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return Accepted;
        }, CancellationToken.None);
        await PassUntil(sending);

        var late = await Assert.ThrowsAsync<TimeoutException>(() => sending);
        Assert.Equal("E-mail did not answer within 120 seconds.", late.Message);
        Assert.Equal(0, gate.State.Hanging);
    }

    [Fact]
    public async Task An_answer_that_comes_while_it_is_told_to_stop_counts()
    {
        var gate = Gate();
        var sending = gate.Send(this, "k", async token =>
        {
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));
            return Accepted;
        }, CancellationToken.None);
        await PassUntil(sending);

        Assert.Equal(Accepted, await sending);
    }

    [Fact]
    public async Task A_call_that_does_not_even_stop_is_left_alone_and_its_message_not_sent_a_second_time_meanwhile()
    {
        var gate = Gate();
        var end = new TaskCompletionSource<SendResult>();
        var sending = gate.Send(this, "k", _ => new(end.Task), CancellationToken.None);
        await PassUntil(sending);
        await Assert.ThrowsAsync<TimeoutException>(() => sending);

        Assert.Equal(1, gate.State.Hanging);
        Assert.Contains("not come back", gate.State.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TimeoutException>(() => gate.Send(this, "k", _ => throw new InvalidOperationException("It was called twice."), CancellationToken.None));
        Assert.Equal(Accepted, await gate.Send(this, "another", _ => new(Accepted), CancellationToken.None));

        end.SetResult(Accepted);
        while (gate.State.Hanging > 0)
            await Task.Yield();
        Assert.Equal(Accepted, await gate.Send(this, "k", _ => new(Accepted), CancellationToken.None));
    }

    [Fact]
    public async Task A_channel_that_blocks_its_thread_does_not_block_the_caller()
    {
        using var blocked = new ManualResetEventSlim();
        var gate = Gate();
        var sending = gate.Send(this, "k", _ =>
        {
            blocked.Wait(CancellationToken.None);
            return new(Accepted);
        }, CancellationToken.None);
        Assert.False(sending.IsCompleted);
        blocked.Set();
        Assert.Equal(Accepted, await sending);
    }

    [Fact]
    public async Task The_end_of_the_program_is_no_failure_of_the_channel()
    {
        using var abort = new CancellationTokenSource();
        var gate = Gate();
        for (var i = 0; i < 20; i++)
        {
            var sending = gate.Send(this, "k", token => ToldChannel.Hang(null!, token), abort.Token);
            await abort.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        }

        Assert.Equal(0, gate.State.Failures);
        Assert.Null(gate.State.RestsUntil);
    }

    [Fact]
    public void Settings_say_how_a_channel_may_be_used_and_nonsense_in_them_is_left_aside()
    {
        var limits = SendingLimits.Of(new Dictionary<string, string> { ["sending-side-by-side"] = "2", ["sending-per-minute"] = "30.5", ["sending-time-limit"] = "20", ["host"] = "mail.example.com" });
        Assert.Equal(new SendingLimits { SideBySide = 2, PerMinute = 30.5, TimeLimit = TimeSpan.FromSeconds(20) }, limits);
        Assert.Equal(new SendingLimits(), SendingLimits.Of(new Dictionary<string, string> { ["sending-side-by-side"] = "0", ["sending-per-minute"] = "-1", ["sending-time-limit"] = "a day" }));
    }

    private ChannelGate Gate() => new ChannelGates(_clock, _ => _limits, _ => "E-mail").Of("email");

    /// <summary>Lets time pass until the call is over, which must not be before its limit.</summary>
    private async Task PassUntil(Task over)
    {
        while (!over.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
        }

        Assert.True(_clock.GetUtcNow() >= Noon + _limits.TimeLimit, "It was over too soon.");
    }

    private async Task Fail(ChannelGate gate, int times)
    {
        for (var i = 0; i < times; i++)
            await Assert.ThrowsAsync<IOException>(() => gate.Send(this, "k", _ => ToldChannel.Refuse(null!, CancellationToken.None), CancellationToken.None));
    }
}
