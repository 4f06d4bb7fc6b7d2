using Playbook.Sales.Forecasts;
using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Forecasts;

public sealed class MissSplitTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);
    private static readonly Period March = Period.Month(2026, 3);

    [Fact]
    public void The_four_parts_add_up_to_the_miss()
    {
        var book = DealBook.On(Today, Flow(perDay: 2, wonOf: 2, value: 100));
        foreach (var said in (double[])[1500, 3000, 9000])
        {
            var split = MissSplit.Of(book, Receipt(book, said))!;
            Assert.Equal(split.Miss, split.Volume + split.Timing + split.Conversion + split.Value, 6);
        }
    }

    [Fact]
    public void What_alone_has_changed_takes_the_whole_blame()
    {
        double[] then = [60, 0.5, 0.5, 100];

        Assert.Equal([0, 0, 0, 1500.0], MissSplit.Shares(then, [60, 0.5, 0.5, 200]).Select(share => Math.Round(share, 6)));
        Assert.Equal([-750.0, 0, 0, 0], MissSplit.Shares(then, [30, 0.5, 0.5, 100]).Select(share => Math.Round(share, 6)));
    }

    [Fact]
    public void The_parts_are_the_mean_over_all_orders_as_Shapley_defines_it()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 50; trial++)
        {
            double[] then = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() * 9)], now = [.. Enumerable.Range(0, 4).Select(_ => trial % 5 == 0 ? 0 : random.NextDouble() * 9)];
            var expected = new double[4];
            var orders = Orders([0, 1, 2, 3]).ToList();
            foreach (var order in orders)
            {
                var at = (double[])then.Clone();
                foreach (var factor in order)
                {
                    var before = at.Aggregate((a, b) => a * b);
                    at[factor] = now[factor];
                    expected[factor] += (at.Aggregate((a, b) => a * b) - before) / orders.Count;
                }
            }

            foreach (var (share, wanted) in MissSplit.Shares(then, now).Zip(expected))
                Assert.Equal(wanted, share, 6);
        }

        static IEnumerable<int[]> Orders(int[] of) => of.Length == 0 ? [[]] : of.SelectMany(first => Orders([.. of.Where(one => one != first)]).Select(rest => (int[])[first, .. rest]));
    }

    [Fact]
    public void Bigger_wins_than_before_are_told_as_value()
    {
        var deals = Flow(perDay: 2, wonOf: 2, value: 100).Select(deal => deal.IsWon && deal.ClosedOn >= March.First ? deal with { Value = 300 } : deal);
        var book = DealBook.On(Today, deals);
        var usual = DealBook.On(Today, Flow(perDay: 2, wonOf: 2, value: 100));

        var split = MissSplit.Of(book, Receipt(book, usual.Won(March)))!;

        Assert.InRange(split.Value / split.Miss, 0.95, 1.05);
    }

    [Fact]
    public void Of_too_few_decisions_nothing_is_said()
    {
        var book = DealBook.On(Today, Flow(perDay: 2, wonOf: 2, value: 100).Where(deal => deal.ClosedOn < March.First.AddDays(5)));
        Assert.True(book.Deals.Count(deal => deal.ClosedOn >= March.First) is > 0 and < MissSplit.Fewest);
        Assert.Null(MissSplit.Of(book, Receipt(book, 1000)));
    }

    private static ForecastReceipt Receipt(DealBook book, double said) => new(March, said, new Interval(0, 2 * said), book.Won(March));

    /// <summary>Every day the same: so many begin, each is decided after twenty days, one of so many is won.</summary>
    private static IEnumerable<Deal> Flow(int perDay, int wonOf, double value)
    {
        for (var day = 0; day < 300; day++)
            for (var one = 0; one < perDay; one++)
            {
                var (begun, isWon) = (Today.AddDays(-day), (day * perDay + one) % wonOf == 0);
                var closed = begun.AddDays(20);
                yield return closed > Today ? new Deal("a", "s", begun, null, false, 0) : new Deal("a", "s", begun, closed, isWon, isWon ? value : 0);
            }
    }
}
