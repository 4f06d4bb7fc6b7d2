using System.Globalization;
using Playbook.Email;

namespace Playbook.Tests.Email;

/// <summary>All written on Monday, 2 March 2026, in Copenhagen.</summary>
public sealed class ReturnDateTests
{
    private static readonly DateTimeOffset _written = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("I will be back on 12 August.", "2026-08-12")]
    [InlineData("I'll be back in the office on Monday, August 17th.", "2026-08-17")]
    [InlineData("I am out of the office until 9 March 2026.", "2026-03-09")]
    [InlineData("Out of office from 2 March to 6 March, back on 9 March.", "2026-03-09")]
    [InlineData("On leave from March 2 through March 13.", "2026-03-14")]
    [InlineData("Away 2-6 March.", "2026-03-07")]
    [InlineData("I'm on holiday and return on 3rd of April.", "2026-04-03")]
    [InlineData("I return tomorrow.", "2026-03-03")]
    [InlineData("I'm back next Wednesday.", "2026-03-04")]
    [InlineData("I will not be available until Monday.", "2026-03-09")]
    [InlineData("Returning 2026-03-20.", "2026-03-20")]
    [InlineData("I am on vacation. On 6 April I will be back.", "2026-04-06")]
    [InlineData("back in week 12", "2026-03-16")]
    [InlineData("Jeg er tilbage tirsdag d. 3. marts", "2026-03-03")]
    [InlineData("Jeg er tilbage mandag d. 9. marts.", "2026-03-09")]
    [InlineData("Jeg er på ferie til og med den 13. marts.", "2026-03-14")]
    [InlineData("Jeg holder ferie t.o.m. søndag d. 15. marts 2026 og svarer derefter.", "2026-03-16")]
    [InlineData("Jeg træffes igen 16/3.", "2026-03-16")]
    [InlineData("Jeg er retur den 16.03.2026", "2026-03-16")]
    [InlineData("Jeg er på kursus og er tilbage i morgen.", "2026-03-03")]
    [InlineData("Jeg er tilbage på torsdag.", "2026-03-05")]
    [InlineData("Ferie i uge 10, tilbage i uge 11.", "2026-03-09")]
    [InlineData("Tak for din mail. D. 9. marts er jeg tilbage.", "2026-03-09")]
    [InlineData("Kontoret er lukket indtil mandag den 6. april.", "2026-04-06")]
    [InlineData("Jeg holder ferie 2.-6. marts, begge dage inkl.", "2026-03-07")]
    [InlineData("I'm back on 15 January.", null)]
    [InlineData("I'm back on 1 March.", null)]
    [InlineData("Call me on 33 12 45 67 or write to info@customer.test.", null)]
    [InlineData("We got your mail of 28 February and answer within 2 days.", null)]
    [InlineData("I'm back on 31 February.", null)]
    [InlineData("", null)]
    public void The_date_is_the_first_day_on_which_somebody_answers(string text, string? date) =>
        Assert.Equal(date, ReturnDate.In(text, _written)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void Numbers_are_read_as_where_the_sender_is()
    {
        Assert.Equal(new DateTime(2026, 4, 3), ReturnDate.In("I will be back 3/4.", _written)!.Value.Date);
        Assert.Equal(new DateTime(2026, 3, 4), ReturnDate.In("I will be back 3/4.", _written.ToOffset(TimeSpan.FromHours(-5)))!.Value.Date);
        Assert.Equal(new DateTime(2026, 3, 20), ReturnDate.In("I will be back 3/20.", _written)!.Value.Date);
    }

    [Fact]
    public void A_day_without_a_year_is_the_next_one() =>
        Assert.Equal(new DateTime(2027, 1, 5), ReturnDate.In("I'm back on 5 January.", new DateTimeOffset(2026, 12, 20, 9, 0, 0, TimeSpan.Zero))!.Value.Date);

    [Fact]
    public void The_day_begins_where_the_sender_is() =>
        Assert.Equal(new DateTimeOffset(2026, 8, 12, 0, 0, 0, TimeSpan.FromHours(1)), ReturnDate.In("back on 12 August", _written));
}
