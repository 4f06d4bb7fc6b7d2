using System.Globalization;
using Playbook.Sales.Metrics;
using Playbook.Storage.Metrics;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Tests.Import;

namespace Playbook.Storage.Tests.Metrics;

/// <summary>Figures over the imported practice data beside figures counted here from the file itself, by nothing that the product has.</summary>
public sealed class PracticeFiguresTests(PracticeData practice) : IClassFixture<PracticeData>
{
    private sealed record Sale(string Agent, string Product, string Stage, DateOnly? Engaged, DateOnly? Closed, double Value);

    [Fact]
    public async Task By_agent_they_are_those_of_the_file() =>
        Compare(await Figures(SalesGroup.Rep), Counted(await Sales(), sale => [sale.Agent]));

    [Fact]
    public async Task By_product_they_are_those_of_the_file_whichever_way_it_is_spelt() =>
        Compare(await Figures(SalesGroup.Product), Counted(await Sales(), sale => [sale.Product == "GTXPro" ? "GTX Pro" : sale.Product]));

    [Fact]
    public async Task By_quarter_they_are_those_of_the_file()
    {
        var figures = await Figures(SalesGroup.Quarter);

        Compare(figures, Counted(await Sales(), _ => [], withQuarter: true));
        Assert.Equal(["2016-Q4", "2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"], figures.Select(figure => figure.Group[0]));
    }

    [Fact]
    public async Task By_agent_product_and_quarter_at_once_they_are_those_of_the_file()
    {
        var figures = await Figures(SalesGroup.Rep, SalesGroup.Product, SalesGroup.Quarter);

        Compare(figures, Counted(await Sales(), sale => [sale.Agent, sale.Product == "GTXPro" ? "GTX Pro" : sale.Product], withQuarter: true));
        Assert.True(figures.Count > 500, $"{figures.Count} groups");
    }

    [Fact]
    public async Task Of_everything_there_is_one_figure_and_a_period_takes_only_what_happened_in_it()
    {
        await Sales();
        using var reads = Reads();
        var of = new SalesFigures(reads);

        var all = Assert.Single(of.By([]));
        var quarter = Assert.Single(of.By([], new DateOnly(2017, 4, 1), new DateOnly(2017, 6, 30)));

        Assert.Equal((4238, 2473), (all.Won, all.Lost));
        Assert.Equal(of.By([SalesGroup.Quarter]).Single(figure => figure.Group[0] == "2017-Q2").Value, quarter.Value, 6);
        Assert.Empty(of.By([], new DateOnly(2030, 1, 1)));
    }

    [Fact]
    public async Task The_win_rate_of_a_cohort_is_of_all_that_were_begun_in_it()
    {
        var sales = await Sales();
        using var reads = Reads();

        var cohorts = new SalesFigures(reads).Cohorts();

        var counted = sales.Where(sale => sale.Engaged is not null).GroupBy(sale => QuarterOf(sale.Engaged!.Value)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SalesCohort(group.Key, group.Count(), group.Count(sale => sale.Stage == "Won"), group.Count(sale => sale.Stage == "Lost"), group.Where(sale => sale.Stage == "Won").Sum(sale => sale.Value)));
        Assert.Equal(counted, cohorts);
        Assert.True(cohorts[^1].WinRate.Rate < cohorts[0].WinRate.Rate, "The youngest cohort has the most open sales.");
    }

    private static void Compare(IReadOnlyList<SalesFigure> figures, Dictionary<string, (long Begun, long Won, long Lost, double Value, double Days)> counted)
    {
        Assert.NotEmpty(figures);
        Assert.Equal(counted.Keys.Order(StringComparer.Ordinal), figures.Select(figure => string.Join('|', figure.Group)).Order(StringComparer.Ordinal));
        foreach (var figure in figures)
        {
            var (begun, won, lost, value, days) = counted[string.Join('|', figure.Group)];
            Assert.Equal((begun, won, lost, begun + won + lost), (figure.Begun, figure.Won, figure.Lost, figure.Activity));
            Assert.Equal(value, figure.Value, 6);
            Assert.Equal(won == 0 ? null : value / won, figure.ValueOfWin);
            Assert.Equal(won == 0 ? null : days / won, figure.CycleDays);
            Assert.Equal(won + lost == 0 ? double.NaN : (double)won / (won + lost), figure.WinRate.Rate);
        }
    }

    private static Dictionary<string, (long, long, long, double, double)> Counted(IEnumerable<Sale> sales, Func<Sale, string[]> names, bool withQuarter = false)
    {
        var counted = new Dictionary<string, (long Begun, long Won, long Lost, double Value, double Days)>();
        foreach (var sale in sales)
        {
            if (sale.Engaged is { } begun)
                Count(sale, begun, (1, 0, 0, 0, 0));
            if (sale.Stage == "Won")
                Count(sale, sale.Closed!.Value, (0, 1, 0, sale.Value, sale.Closed.Value.DayNumber - sale.Engaged!.Value.DayNumber));
            if (sale.Stage == "Lost")
                Count(sale, sale.Closed!.Value, (0, 0, 1, 0, 0));
        }

        return counted;

        void Count(Sale sale, DateOnly day, (long Begun, long Won, long Lost, double Value, double Days) more)
        {
            var key = string.Join('|', withQuarter ? [.. names(sale), QuarterOf(day)] : names(sale));
            var had = counted.GetValueOrDefault(key);
            counted[key] = (had.Begun + more.Begun, had.Won + more.Won, had.Lost + more.Lost, had.Value + more.Value, had.Days + more.Days);
        }
    }

    private static string QuarterOf(DateOnly day) => $"{day.Year}-Q{(day.Month - 1) / 3 + 1}";

    private async Task<IReadOnlyList<SalesFigure>> Figures(params SalesGroup[] groups)
    {
        await practice.Report();
        using var reads = Reads();
        return new SalesFigures(reads).By(groups);
    }

    private ReadPool Reads() => new(Path.Combine(practice.Database.Folder, "playbook.db"));

    private async Task<IReadOnlyList<Sale>> Sales()
    {
        await practice.Report();
        var lines = await File.ReadAllLinesAsync(Path.Combine(SharedData.CrmOrSkip(), "sales_pipeline.csv"));
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select(cells => new Sale(cells[1], cells[2], cells[4], Day(cells[5]), Day(cells[6]), cells[7].Length == 0 ? 0 : double.Parse(cells[7], CultureInfo.InvariantCulture)))];
    }

    private static DateOnly? Day(string cell) => cell.Length == 0 ? null : DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
