using Microsoft.Extensions.Time.Testing;
using Playbook.Server.Pages.Shell;

namespace Playbook.Server.Tests.Pages;

public sealed class ShellTests
{
    [Theory]
    [InlineData("2026-03-04T10:41:00Z", "10:41")]
    [InlineData("2026-03-03T23:59:00Z", "yesterday 23:59")]
    [InlineData("2026-03-05T08:00:00Z", "tomorrow 08:00")]
    [InlineData("2026-03-01T14:05:00Z", "Sun 14:05")]
    [InlineData("2026-02-03T14:05:00Z", "3 Feb")]
    [InlineData("2025-02-03T14:05:00Z", "3 Feb 2025")]
    public void Moments_are_told_as_people_say_them(string moment, string words)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
        clock.SetLocalTimeZone(TimeZoneInfo.Utc);

        Assert.Equal(words, new TimeWords(clock).Short(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("Karen Lund", "KL")]
    [InlineData("karen", "K")]
    [InlineData("Anna Maria Ørsted", "AØ")]
    [InlineData("  ", "?")]
    [InlineData(null, "?")]
    public void The_chip_shows_initials(string? name, string initials) => Assert.Equal(initials, Person.InitialsOf(name));

    [Fact]
    public async Task A_burst_of_calls_is_one_piece_of_work_and_the_last_call_is_not_missed()
    {
        var done = 0;
        var entered = new SemaphoreSlim(0);
        var release = new SemaphoreSlim(0);
        using var settling = new Settling(TimeSpan.FromMilliseconds(20), async () =>
        {
            done++;
            entered.Release();
            await release.WaitAsync();
        });
        for (var i = 0; i < 50; i++)
            settling.Ask();

        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(20)));
        settling.Ask();
        release.Release(2);

        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(2, done);
    }
}
