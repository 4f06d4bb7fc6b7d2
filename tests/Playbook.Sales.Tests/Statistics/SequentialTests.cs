using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Statistics;

public sealed class SequentialTests
{
    private const int Experiments = 4_000;
    private const int Looks = 20;
    private const int PerArm = 1_000;

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.30)]
    public void Looking_twenty_times_at_two_equal_variants_finds_a_false_winner_in_at_most_one_of_twenty_experiments(double rate)
    {
        var (anytime, looked) = FalseWinners(rate);

        Assert.InRange(anytime, 0, 0.05);
        // The trial can tell: the ordinary test, looked at as often, is wrong far more often.
        Assert.InRange(looked, 0.15, 0.35);
    }

    [Fact]
    public void A_real_difference_is_found_and_sooner_the_larger_it_is()
    {
        var (small, large) = (PairsUntilDecided(0.10, 0.15), PairsUntilDecided(0.10, 0.25));

        Assert.InRange(small, 200, 4_000);
        Assert.InRange(large, 30, small / 2);
    }

    [Fact]
    public void The_p_value_never_rises()
    {
        var random = new Random(5);
        var test = new AnytimeTest();
        var last = 1.0;
        for (var i = 0; i < 2_000; i++)
        {
            test.Add(i % 2 == 1, random.NextDouble() < 0.2);
            Assert.True(test.PValue <= last);
            last = test.PValue;
        }
    }

    [Fact]
    public void One_pair_is_a_fair_bet_whatever_the_rate()
    {
        // The mean of the evidence over all answers, weighed by their chances where both rates are equal, may never be above 1.
        foreach (var rate in new[] { 0.01, 0.2, 0.5, 0.9 })
            Assert.InRange(MeanEvidence(rate, pairs: 5), 0, 1 + 1e-9);
    }

    private static double MeanEvidence(double rate, int pairs)
    {
        var mean = 0.0;
        for (var answers = 0; answers < 1 << (2 * pairs); answers++)
        {
            var test = new AnytimeTest();
            var chance = 1.0;
            for (var i = 0; i < 2 * pairs; i++)
            {
                var success = (answers >> i & 1) == 1;
                chance *= success ? rate : 1 - rate;
                test.Add(i % 2 == 1, success);
            }

            mean += chance * test.Evidence;
        }

        return mean;
    }

    private static (double Anytime, double Looked) FalseWinners(double rate)
    {
        var random = new Random(20_261);
        var (anytime, looked) = (0, 0);
        for (var experiment = 0; experiment < Experiments; experiment++)
        {
            var test = new AnytimeTest();
            var (first, second, isFooled) = (0L, 0L, false);
            for (var i = 1; i <= PerArm; i++)
            {
                var (a, b) = (random.NextDouble() < rate, random.NextDouble() < rate);
                test.Add(false, a);
                test.Add(true, b);
                first += a ? 1 : 0;
                second += b ? 1 : 0;
                if (i % (PerArm / Looks) == 0)
                    isFooled |= TwoProportions.Compare(new Proportion(first, i), new Proportion(second, i))!.PValue <= 0.05;
            }

            anytime += test.IsDecided() ? 1 : 0;
            looked += isFooled ? 1 : 0;
        }

        return ((double)anytime / Experiments, (double)looked / Experiments);
    }

    private static long PairsUntilDecided(double first, double second)
    {
        var random = new Random(8);
        List<long> pairs = [];
        for (var experiment = 0; experiment < 50; experiment++)
        {
            var test = new AnytimeTest();
            while (!test.IsDecided() && test.Pairs < 50_000)
            {
                test.Add(false, random.NextDouble() < first);
                test.Add(true, random.NextDouble() < second);
            }

            pairs.Add(test.Pairs);
        }

        return pairs.Order().ElementAt(pairs.Count / 2);
    }
}
