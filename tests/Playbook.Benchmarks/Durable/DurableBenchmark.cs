using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Benchmarks.Durable;

/// <summary>What one load came to.</summary>
internal sealed record Load(string Work, int UnderWay, double PerSecond, double P50Milliseconds, double P99Milliseconds, double CpuMicroseconds, double BytesAllocated, long Count);

/// <summary>Starts and resumes (load, advance, commit) per second, with 1, 16 and 1,000 under way.</summary>
internal static class DurableBenchmark
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static async Task<int> Run(string[] args)
    {
        var seconds = int.Parse(Option(args, "--seconds") ?? "4", CultureInfo.InvariantCulture);
        var folder = Option(args, "--folder") ?? Path.Combine(Path.GetTempPath(), $"playbook-durable-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        var loads = new List<Load>();
        double bytesPerRun;
        var path = Path.Combine(folder, "bench.db");
        try
        {
            using (var owned = StoreLock.Acquire(path))
            await using (var store = RunStore.Open(owned))
            {
                await Measure(store, 16, TimeSpan.FromSeconds(2));
                foreach (var underWay in (int[])[1, 16, 1000])
                    loads.AddRange(await Measure(store, underWay, TimeSpan.FromSeconds(seconds)));
            }

            bytesPerRun = await BytesPerWaitingRun(Path.Combine(folder, "bytes.db"));
        }
        finally
        {
            if (!args.Contains("--keep"))
                Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(args.Contains("--json")
            ? JsonSerializer.Serialize(new { loads, bytesPerWaitingRun = bytesPerRun }, Json)
            : Table(loads, bytesPerRun));
        return 0;
    }

    /// <summary>Starts for half of the time, then resumes what was started for the other half.</summary>
    private static async Task<Load[]> Measure(RunStore store, int underWay, TimeSpan time)
    {
        var started = Enumerable.Range(0, underWay).Select(_ => new List<Guid>()).ToArray();
        var starts = await Drive("start", underWay, time / 2, (worker, _) =>
        {
            var id = Guid.CreateVersion7();
            started[worker].Add(id);
            return store.Commit([SixWaits.Start(id, DateTimeOffset.UtcNow)], []);
        });
        var resumes = await Drive("resume", underWay, time, async (worker, turn) =>
        {
            // Each run is woken again only after all the others, as in a year of waiting runs.
            var mine = started[worker];
            if (turn >= mine.Count * SixWaits.Waits)
                return;
            var state = await store.Get(mine[turn % mine.Count]) ?? throw new InvalidOperationException("A started run is gone.");
            await store.Commit([SixWaits.Advance(state, DateTimeOffset.UtcNow)], []);
        }, turn => started.Min(mine => mine.Count) * SixWaits.Waits > turn);
        return [starts, resumes];
    }

    private static async Task<Load> Drive(string work, int underWay, TimeSpan time, Func<int, int, ValueTask> turn, Func<int, bool>? goesOn = null)
    {
        var latencies = new List<long>[underWay];
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        using var process = Process.GetCurrentProcess();
        var cpuBefore = process.TotalProcessorTime;
        var begin = Stopwatch.GetTimestamp();
        var end = begin + (long)(time.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, underWay).Select(worker => Task.Run(async () =>
        {
            var mine = latencies[worker] = [];
            for (var i = 0; goesOn is null || goesOn(i); i++)
            {
                var before = Stopwatch.GetTimestamp();
                if (before >= end)
                    return;
                await turn(worker, i);
                mine.Add(Stopwatch.GetTimestamp() - before);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(begin);
        process.Refresh();
        var cpu = process.TotalProcessorTime - cpuBefore;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        var all = latencies.SelectMany(each => each).Order().ToArray();
        return new(work, underWay, all.Length / elapsed.TotalSeconds, Milliseconds(all, 0.5), Milliseconds(all, 0.99), cpu.TotalMicroseconds / all.Length, allocated / (double)all.Length, all.Length);
    }

    /// <summary>Runs that wait at their last wait, with all of their events.</summary>
    private static async Task<double> BytesPerWaitingRun(string path)
    {
        const int Runs = 10_000;
        var now = DateTimeOffset.UtcNow;
        using (var owned = StoreLock.Acquire(path))
        await using (var store = RunStore.Open(owned))
        {
            for (var i = 0; i < Runs; i += 100)
            {
                var transitions = Enumerable.Range(0, 100).Select(_ => SixWaits.Start(Guid.CreateVersion7(), now)).ToList();
                await store.Commit(transitions, []);
            }

            foreach (var wait in Enumerable.Range(1, SixWaits.Waits - 1))
            {
                var runs = store.Queries.List(new(), 0, Runs).Select(run => run.Id).ToList();
                foreach (var some in runs.Chunk(100))
                {
                    var turns = new List<Transition>();
                    foreach (var id in some)
                        turns.Add(SixWaits.Advance((await store.Get(id))!, now));
                    await store.Commit(turns, []);
                }
            }
        }

        return new FileInfo(path).Length / (double)Runs;
    }

    private static double Milliseconds(long[] sorted, double quantile) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * quantile))] * 1000.0 / Stopwatch.Frequency;

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    private static string Table(List<Load> loads, double bytesPerRun)
    {
        var lines = new List<string> { $"{"work",-8}{"under way",10}{"per second",12}{"p50 ms",9}{"p99 ms",9}{"CPU µs",8}{"bytes allocated",17}{"done",10}" };
        foreach (var load in loads)
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{load.Work,-8}{load.UnderWay,10:N0}{load.PerSecond,12:N0}{load.P50Milliseconds,9:N2}{load.P99Milliseconds,9:N2}{load.CpuMicroseconds,8:N1}{load.BytesAllocated,17:N0}{load.Count,10:N0}"));
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"bytes in the database per waiting run, five turns of events included: {bytesPerRun:N0}"));
        return string.Join(Environment.NewLine, lines);
    }
}
