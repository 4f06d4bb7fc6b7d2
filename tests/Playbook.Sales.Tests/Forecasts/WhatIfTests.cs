using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Playbook.Sales.Forecasts;

namespace Playbook.Sales.Tests.Forecasts;

public sealed class WhatIfTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);
    private static readonly Period Next = Period.Quarter(2026, 2);
    private static readonly WhatIf Trial = WhatIf.Learn(DealBook.On(Today, Deals()), Next);

    [Fact]
    public void Without_a_lever_it_says_what_a_steady_flow_brings()
    {
        // Two begin a day, half are won at 100 each, so a quarter of 91 days brings 9,100.
        Assert.InRange(Trial.Expect(new Levers()), 8_200, 10_000);
        Assert.Equal(1, Trial.Factor(new Levers())!.Value, 9);
        Assert.True(new Levers().AreStill);
    }

    [Fact]
    public void Bigger_deals_scale_it_and_more_leads_move_only_what_is_still_to_come()
    {
        Assert.Equal(1.3, Trial.Factor(new Levers(Value: 1.3))!.Value, 9);
        var none = Trial.Factor(new Levers(Leads: 0))!.Value;
        Assert.InRange(none, 0.05, 0.5);
        // Half as many again of what is to come.
        Assert.Equal(1 + 0.5 * (1 - none), Trial.Factor(new Levers(Leads: 1.5))!.Value, 9);
        Assert.Equal(0, Trial.Expect(new Levers(Conversion: 0)));
    }

    [Property]
    public Property More_of_anything_good_never_brings_less() => Prop.ForAll(
        Gen.Choose(0, 200).Select(hundredths => hundredths / 100.0).ToArbitrary(), Gen.Choose(0, 100).Select(hundredths => hundredths / 100.0).ToArbitrary(), (at, more) =>
            Trial.Expect(new Levers(Leads: at + more)) >= Trial.Expect(new Levers(Leads: at)) - 1e-9
            && Trial.Expect(new Levers(Conversion: at + more)) >= Trial.Expect(new Levers(Conversion: at)) - 1e-9
            && Trial.Expect(new Levers(Value: at + more)) >= Trial.Expect(new Levers(Value: at)) - 1e-9);

    [Fact]
    public void A_lever_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Trial.Expect(new Levers(Cycle: 0)));
        Assert.Throws<ArgumentException>(() => WhatIf.Learn(DealBook.On(Today, Deals()), Period.Quarter(2026, 1)));
    }

    [Fact]
    public void A_steady_flow_is_known_many_months_ahead_and_one_that_jumps_is_not()
    {
        Assert.Equal(6, PredictabilityClock.Of(DealBook.On(Today, Deals())).MonthsAhead);
        // Every other month three times as much.
        var jumpy = PredictabilityClock.Of(DealBook.On(Today, Deals().Select(deal => deal.ClosedOn is { Month: var month } && month % 2 == 0 ? deal with { Value = deal.Value * 9 } : deal)));
        Assert.Equal(0, jumpy.MonthsAhead);
        Assert.All(jumpy.Horizons, horizon => Assert.True(horizon.Wape > 0.2 && horizon.Of >= PredictabilityClock.Fewest));
        Assert.Null(PredictabilityClock.Of(DealBook.On(Today, Deals().Where(deal => deal.EngagedOn > Today.AddDays(-120)))).MonthsAhead);
    }

    [Fact]
    public void A_promise_is_judged_by_what_came_and_only_after_three()
    {
        var months = Enumerable.Range(1, 4).Select(month => new Commit("Ada", new(2026, month, 1), new DateOnly(2026, month, 1).AddMonths(1).AddDays(-1), 100 + 100 * month, new DateOnly(2026, month, 1).AddDays(-1), "Ada")).ToList();
        CommitRecord Record(IEnumerable<Commit> commits) => Assert.Single(CommitRecord.Judge(commits, Period.Month(2026, 4), new(2026, 4, 1), (_, first, _) => 300));

        // Said 200, 300, 400 where 300 came each time.
        var all = Record(months);
        Assert.Equal((3, 500.0, 200 / 900.0, 0.0), (all.Of, all.Now!.Value, all.Wape!.Value, all.Bias!.Value));
        Assert.Null(Record(months.Skip(1)).Wape);
        // A promise made when the month was under way is none.
        Assert.Equal(2, Record([months[0] with { MadeOn = new(2026, 1, 20) }, .. months.Skip(1)]).Of);
    }

    private static IEnumerable<Deal> Deals()
    {
        for (var day = 0; day < 560; day++)
            for (var one = 0; one < 2; one++)
            {
                var (begun, isWon) = (Today.AddDays(-day), one == 0);
                var closed = begun.AddDays(10 + day * 7 % 40);
                yield return closed > Today ? new Deal("a", "s", begun, null, false, 0) : new Deal("a", "s", begun, closed, isWon, isWon ? 100 : 0);
            }
    }
}
