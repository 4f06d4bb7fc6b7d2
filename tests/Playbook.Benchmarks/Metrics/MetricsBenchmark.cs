using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Host;
using Playbook.Server.Pages.Measures;
using Playbook.Storage.Runs;

namespace Playbook.Benchmarks.Metrics;

/// <summary>What one piece of work took.</summary>
internal sealed record Took(string Work, double Milliseconds, string Of);

/// <summary>Counting a year of events, then a day more of them, and the first page after it.</summary>
internal static class MetricsBenchmark
{
    private const int Days = 365;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static async Task<int> Run(string[] args)
    {
        var events = int.Parse(Option(args, "--events") ?? "5000000", CultureInfo.InvariantCulture);
        var folder = Option(args, "--folder") ?? Path.Combine(Path.GetTempPath(), $"playbook-metrics-{Environment.ProcessId}");
        Directory.CreateDirectory(Path.Combine(folder, "playbooks"));
        try
        {
            var (runs, today) = (events / YearOfEvents.EventsPerRun, new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero));
            List<Took> all = [];
            var day = Math.Max(1, runs / Days);
            all.AddRange(await Count(Path.Combine(folder, "year.db"), runs, day, today));
            all.AddRange((await Count(Path.Combine(folder, "day.db"), 0, day, today)).Where(took => took.Work.StartsWith("a day", StringComparison.Ordinal)).Select(took => took with { Work = took.Work + ", nothing before it" }));
            all.AddRange(await Pages(folder));
            Console.WriteLine(args.Contains("--json") ? JsonSerializer.Serialize(new { metrics = all }, Json) : Table(all));
        }
        finally
        {
            if (!args.Contains("--keep"))
                Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task<IReadOnlyList<Took>> Count(string path, int runs, int day, DateTimeOffset today)
    {
        using (var database = new Storage.PlaybookDb(Storage.PlaybookDb.Sqlite(path)))
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.MigrateAsync(database.Database);
        using var owned = StoreLock.Acquire(path);
        await using var store = RunStore.Open(owned);
        List<Took> took = [];
        if (runs > 0)
        {
            took.Add(new("writing the year", await Time(() => YearOfEvents.Write(store, runs, today.AddDays(-Days), Days - 1)), $"{(long)runs * YearOfEvents.EventsPerRun:N0} events"));
            took.Add(new("first refresh of the year", await Time(() => store.Metrics.Rollup.Refresh(TimeZoneInfo.Utc)), $"{(long)runs * YearOfEvents.EventsPerRun:N0} events"));
        }

        await YearOfEvents.Write(store, day, today.AddHours(7), 0, runs);
        took.Add(new("a day's refresh", await Time(() => store.Metrics.Rollup.Refresh(TimeZoneInfo.Utc)), $"{(long)day * YearOfEvents.EventsPerRun:N0} events"));
        took.Add(new("a refresh with nothing new", await Time(() => store.Metrics.Rollup.Refresh(TimeZoneInfo.Utc)), "0 events"));
        return took;
    }

    private static async Task<IReadOnlyList<Took>> Pages(string folder)
    {
        var options = new ServeOptions { Database = Path.Combine(folder, "year.db"), Playbooks = Path.Combine(folder, "playbooks"), Url = "http://127.0.0.1:0", IsQuiet = true };
        await using var server = await PlaybookServer.Start(options);
        var desk = server.Services.GetRequiredService<ResultsDesk>();
        List<Took> took = [];
        foreach (var weeks in (int[])[12, 52])
        {
            took.Add(new($"refresh and all metrics, {weeks} weeks", await Time(async () =>
            {
                await desk.Refresh();
                desk.All(desk.Period(weeks));
            }), "first page's figures"));
        }

        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(options.Database + ".key"));
        foreach (var path in (string[])["/results?weeks=12", "/results?weeks=12", "/results/funnel?weeks=12", "/results/metrics?weeks=52"])
        {
            var bytes = 0;
            var milliseconds = await Time(async () =>
            {
                var page = await http.GetStringAsync(path);
                bytes = page.Contains("result-pages", StringComparison.Ordinal) && !page.Contains("being counted", StringComparison.Ordinal) ? page.Length : throw new InvalidOperationException($"{path} did not show its figures.");
            });
            took.Add(new($"GET {path}", milliseconds, $"{bytes:N0} characters"));
        }

        return took;
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static string Table(IEnumerable<Took> all) => string.Join('\n',
    [
        $"{"Metrics",-46} {"ms",12}  of",
        .. all.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Work,-46} {one.Milliseconds,12:N1}  {one.Of}")),
    ]);

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
