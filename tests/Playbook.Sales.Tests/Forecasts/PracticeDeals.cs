using System.Globalization;
using Playbook.Sales.Forecasts;

namespace Playbook.Sales.Tests.Forecasts;

/// <summary>The sales of the practice data, read by hand: the tests' own reading, apart from the import's.</summary>
internal static class PracticeDeals
{
    public static IReadOnlyList<Deal> Read()
    {
        var demanded = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        var file = Above(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "shared", "data", "crm", "sales_pipeline.csv")).FirstOrDefault(File.Exists);
        Assert.SkipUnless(file is not null || demanded, "The practice data (shared/data/crm beside the repository) is not on this machine.");
        var rows = File.ReadLines(file ?? throw new FileNotFoundException("CI is set, but shared/data/crm is not beside the repository.")).Skip(1).Select(line => line.Split(',')).ToList();
        return [.. rows.Where(row => row[5].Length > 0).Select(row => new Deal(
            row[2], "Engaging", Day(row[5])!.Value, Day(row[6]), row[4] == "Won", row[4] == "Won" ? double.Parse(row[7], CultureInfo.InvariantCulture) : 0))];
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Above(string folder)
    {
        for (var here = new DirectoryInfo(folder); here is not null; here = here.Parent)
            yield return here.FullName;
    }
}
