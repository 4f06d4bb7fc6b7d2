namespace Playbook.Sales.Forecasts;

/// <summary>
/// What is open now, each deal at its worth times the chance of those that came to its stage; the chances are learned from what
/// was closed, not typed in.
/// It knows neither when a deal will close nor of deals that are still to come.
/// </summary>
internal sealed class StageWeighted : IForecastMethod
{
    public string Name => "stage-weighted";

    public double Expect(DealBook book, Period period)
    {
        var closed = book.Deals.Where(deal => deal.ClosedOn is not null).ToList();
        if (closed.Count == 0)
            return 0;
        var values = WonValues.Learn(book);
        var overall = Rate(closed);
        var byStage = closed.SelectMany(deal => deal.StagesUntil(deal.ClosedOn!.Value).Select(stage => (stage, deal)))
            .GroupBy(one => one.stage, one => one.deal, StringComparer.Ordinal).ToDictionary(stage => stage.Key, Rate, StringComparer.Ordinal);
        return book.Open.Sum(deal => byStage.GetValueOrDefault(deal.StageOn(book.Today), overall) * values.MeanOf(deal.Group));
    }

    private static double Rate(IEnumerable<Deal> closed) => closed.Average(deal => deal.IsWon ? 1.0 : 0);
}
