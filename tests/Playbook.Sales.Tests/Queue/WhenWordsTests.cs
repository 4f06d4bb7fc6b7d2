using System.Globalization;
using FsCheck.Xunit;
using Playbook.Sales.Queue;

namespace Playbook.Sales.Tests.Queue;

public sealed class WhenWordsTests
{
    // A Wednesday.
    private static readonly DateTime Now = new(2026, 3, 4, 10, 30, 0);

    [Theory]
    [InlineData("2h", "2026-03-04 12:30")]
    [InlineData("in 45 minutes", "2026-03-04 11:15")]
    [InlineData("om 2 timer", "2026-03-04 12:30")]
    [InlineData("3 days", "2026-03-07 09:00")]
    [InlineData("2 uger", "2026-03-18 09:00")]
    [InlineData("1 month", "2026-04-04 09:00")]
    [InlineData("14:00", "2026-03-04 14:00")]
    [InlineData("9", "2026-03-05 09:00")]
    [InlineData("2pm", "2026-03-04 14:00")]
    [InlineData("today afternoon", "2026-03-04 14:00")]
    [InlineData("tomorrow", "2026-03-05 09:00")]
    [InlineData("tomorrow at 14:15", "2026-03-05 14:15")]
    [InlineData("i morgen eftermiddag", "2026-03-05 14:00")]
    [InlineData("i eftermiddag", "2026-03-04 14:00")]
    [InlineData("i aften", "2026-03-04 18:00")]
    [InlineData("i morgen kl. 9", "2026-03-05 09:00")]
    [InlineData("mandag kl. 9", "2026-03-09 09:00")]
    [InlineData("Mon", "2026-03-09 09:00")]
    [InlineData("next friday 8:30", "2026-03-06 08:30")]
    [InlineData("wednesday", "2026-03-11 09:00")]
    [InlineData("onsdag kl 15", "2026-03-11 15:00")]
    [InlineData("next week", "2026-03-09 09:00")]
    [InlineData("3 dec", "2026-12-03 09:00")]
    [InlineData("1. februar 10:00", "2027-02-01 10:00")]
    [InlineData("2026-03-10 16:45", "2026-03-10 16:45")]
    public void Times_are_read_as_people_write_them(string written, string meant) =>
        Assert.Equal(DateTime.ParseExact(meant, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), WhenWords.Read(written, Now));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("yesterday")]
    [InlineData("25:00")]
    [InlineData("today 9")]
    [InlineData("2020-01-01")]
    [InlineData("31 feb")]
    [InlineData("9 9 9")]
    public void What_nobody_can_tell_or_has_passed_is_no_time(string written) => Assert.Null(WhenWords.Read(written, Now));

    [Property(MaxTest = 300)]
    public bool Whatever_is_written_the_answer_is_later_than_now_or_none(string text, DateTime now) =>
        now.Year is < 2 or > 9000 || WhenWords.Read(text, now) is not { } read || read > now;
}
