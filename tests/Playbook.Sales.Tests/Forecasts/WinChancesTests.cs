using Playbook.Sales.Forecasts;

namespace Playbook.Sales.Tests.Forecasts;

public sealed class WinChancesTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    [Fact]
    public void Where_all_deals_are_closed_the_share_won_in_the_end_is_the_plain_share()
    {
        var chances = WinChances.Learn(Book(Enumerable.Range(0, 400).Select(i => Closed(age: 10 + i % 40, isWon: i % 4 != 0))));

        Assert.InRange(chances.WonBy(700), 0.73, 0.77);
        Assert.Equal(0, chances.WonBy(6), 2);
    }

    [Fact]
    public void Deals_still_open_do_not_make_the_others_look_faster()
    {
        // Half of the deals are closed at 20 days; of the other half nothing is known but that they were open at 30.
        var deals = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? Closed(20, isWon: true) : new Deal("a", "s", Today.AddDays(-30), null, false, 0));

        Assert.Equal(0.5, WinChances.Learn(Book(deals)).WonBy(28), 2);
    }

    [Fact]
    public void The_chance_of_a_deal_that_is_open_rises_with_the_days_that_are_left()
    {
        var chances = WinChances.Learn(Book(Enumerable.Range(0, 400).Select(i => Closed(age: i % 80, isWon: i % 2 == 0))));

        var rising = Enumerable.Range(0, 10).Select(week => chances.WinWithin(age: 14, days: week * 7)).ToList();

        Assert.Equal(rising.Order(), rising);
        Assert.Equal(0, rising[0]);
        Assert.InRange(rising[^1], 0.4, 0.6);
    }

    [Fact]
    public void Splitting_the_days_in_two_gives_the_same_as_taking_them_at_once_for_a_whole_cohort()
    {
        var chances = WinChances.Learn(Book(Enumerable.Range(0, 400).Select(i => Closed(age: 1 + i % 100, isWon: i % 3 == 0))));

        Assert.Equal(chances.WonBy(70), chances.WinWithin(0, 70), 9);
    }

    private static DealBook Book(IEnumerable<Deal> deals) => DealBook.On(Today, deals);

    private static Deal Closed(int age, bool isWon) => new("a", "s", Today.AddDays(-120), Today.AddDays(-120 + age), isWon, isWon ? 100 : 0);
}
