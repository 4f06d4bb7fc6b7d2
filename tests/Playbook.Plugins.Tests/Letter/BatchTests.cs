using FsCheck.Xunit;
using Playbook.Abstractions;
using Playbook.Letter;
using Playbook.Letter.Batches;

namespace Playbook.Plugins.Tests.Letter;

public sealed class BatchTests : IDisposable
{
    private readonly TrialLetters _letters = new();

    [Fact]
    public async Task A_letter_after_the_cut_off_goes_with_the_next_days_batch()
    {
        await _letters.Accepted("m-1");
        _letters.Clock.SetUtcNow(TrialLetters.Monday.AddHours(5).AddSeconds(1));
        await _letters.Accepted("m-2");
        await _letters.Channel.CloseDue(CancellationToken.None);
        Assert.Equal(2, _letters.Csv("2026-03-02").Count);

        await _letters.Channel.CloseDue(CancellationToken.None);
        Assert.Single(_letters.Batches);

        _letters.Clock.SetUtcNow(TrialLetters.Monday.AddDays(1).AddHours(5));
        await _letters.Channel.CloseDue(CancellationToken.None);
        Assert.Equal(["2026-03-02", "2026-03-03"], _letters.Batches);
    }

    [Fact]
    public async Task A_batch_that_was_missed_while_the_server_was_down_is_made_at_the_next_start()
    {
        await _letters.Accepted("m-1");
        _letters.Clock.SetUtcNow(TrialLetters.Monday.AddDays(3));
        _letters.Open();

        using var stop = new CancellationTokenSource();
        var listening = _letters.Channel.Listen(new NoInbox(), stop.Token);
        for (var patience = 0; patience < 400 && _letters.Batches is not ["2026-03-05"]; patience++)
            await Task.Delay(25, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);

        Assert.Equal(["2026-03-05"], _letters.Batches);
    }

    [Fact]
    public async Task The_batch_can_be_closed_at_once_with_the_key_and_only_with_it()
    {
        await _letters.Accepted("m-1");

        Assert.Equal(200, (await _letters.Ask("GET", "print")).Status);
        Assert.Equal(401, (await _letters.Ask("POST", "print", "key=guess")).Status);
        Assert.Empty(_letters.Batches);
        Assert.Contains("with 1 letters", (await _letters.Ask("POST", "print", "key=a+long+key+for+printing")).Body, StringComparison.Ordinal);
        Assert.Contains("no batch to make", (await _letters.Ask("POST", "print", "key=a+long+key+for+printing")).Body, StringComparison.Ordinal);

        await _letters.Accepted("m-2");
        await _letters.Ask("POST", "print", "key=a+long+key+for+printing");
        Assert.Equal(["2026-03-02", "2026-03-02-2"], _letters.Batches);
    }

    [Theory]
    [InlineData("2026-03-02T13:59:59Z", "2026-03-02T14:00:00Z", "2026-02-27T14:00:00Z")]
    [InlineData("2026-03-02T14:00:00Z", "2026-03-03T14:00:00Z", "2026-03-02T14:00:00Z")]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-30T13:00:00Z", "2026-03-27T14:00:00Z")]
    [InlineData("2026-10-25T12:00:00Z", "2026-10-26T14:00:00Z", "2026-10-23T13:00:00Z")]
    public void The_cut_off_is_by_the_clock_on_the_wall_on_working_days(string now, string next, string last)
    {
        var settings = LetterSettings.Read(_letters.Settings, out _);
        var cutOff = new CutOff(settings.CutOff, settings.Days, settings.Zone);

        Assert.Equal(DateTimeOffset.Parse(next, null), cutOff.After(DateTimeOffset.Parse(now, null)));
        Assert.Equal(DateTimeOffset.Parse(last, null), cutOff.Before(DateTimeOffset.Parse(now, null)));
    }

    [Fact]
    public async Task After_a_year_a_printed_letter_is_forgotten_but_for_its_key_and_code()
    {
        var code = await _letters.Accepted("m-1");
        _letters.Clock.SetUtcNow(TrialLetters.Monday.AddHours(6));
        await _letters.Channel.CloseDue(CancellationToken.None);
        _letters.Clock.SetUtcNow(TrialLetters.Monday.AddDays(367));
        await _letters.Channel.CloseDue(CancellationToken.None);
        _letters.Open();

        Assert.DoesNotContain("Byron", await File.ReadAllTextAsync(Path.Combine(_letters.Folder, "letters", "m-1.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(code, await _letters.Accepted("m-1"));
        await _letters.Ask("POST", "print", "key=a+long+key+for+printing");
        Assert.Single(_letters.Batches);
    }

    // Each crash comes at a random write; then the channel is opened anew, as after a restart, and goes on.
    [Property(MaxTest = 12)]
    public void Every_letter_is_in_exactly_one_batch_whenever_it_crashes(int seed)
    {
        using var letters = new TrialLetters();
        var random = new Random(seed);
        var left = 0;
        void Reached(string point)
        {
            if (--left < 0)
                throw new PowerCutException(point);
        }

        var accepted = new HashSet<string>();
        for (var step = 0; step < 25; step++)
        {
            left = random.Next(1, 9);
            letters.Open(Reached);
            try
            {
                for (var act = 0; act < 6; act++)
                {
                    if (random.Next(3) == 0)
                    {
                        letters.Clock.Advance(TimeSpan.FromHours(random.Next(1, 20)));
                        letters.Channel.CloseDue(CancellationToken.None).GetAwaiter().GetResult();
                    }
                    else
                    {
                        var key = $"m-{random.Next(40)}";
                        if (letters.Send(TrialLetters.Message(key)).AsTask().GetAwaiter().GetResult() is SendResult.Accepted)
                            accepted.Add(key);
                    }
                }
            }
            catch (PowerCutException)
            {
            }
        }
        letters.Open();
        letters.Clock.Advance(TimeSpan.FromDays(7));
        letters.Channel.CloseDue(CancellationToken.None).GetAwaiter().GetResult();

        var printed = letters.Batches.SelectMany(batch => letters.Csv(batch).Skip(1)).Select(row => row.Split(',')[1].Replace("-", "", StringComparison.Ordinal)).ToList();
        var known = accepted.Select(key => letters.Accepted(key).GetAwaiter().GetResult()).ToList();
        Assert.Equal(printed.Distinct().Order(), printed.Order());
        Assert.Empty(known.Except(printed));
    }

    public void Dispose() => _letters.Dispose();

    private sealed class PowerCutException(string point) : Exception(point);

    private sealed class NoInbox : IInbox
    {
        public ValueTask Take(ChannelEvent channelEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
