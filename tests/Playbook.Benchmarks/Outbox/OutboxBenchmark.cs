using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Host;
using Playbook.SmtpTrial;
using Playbook.Storage.Runs;

namespace Playbook.Benchmarks.Outbox;

/// <summary>What it took to send the messages that were waiting.</summary>
/// <param name="CpuMicroseconds">Processor time of the server per message: of the sender alone, not of the one who receives.</param>
/// <param name="BytesAllocated">Per message; none where it ran in another process.</param>
internal sealed record Sending(string Work, int Messages, double PerSecond, double CpuMicroseconds, double? BytesAllocated);

/// <summary>
/// Messages per second out of an outbox in which all of them are waiting: to a channel that does nothing, which is what
/// claims, scripts, decisions and commits cost, and to a real SMTP server that flushes each message to disk.
/// </summary>
internal static class OutboxBenchmark
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static async Task<int> Run(string[] args)
    {
        var messages = int.Parse(Option(args, "--messages") ?? "5000", CultureInfo.InvariantCulture);
        var folder = Option(args, "--folder") ?? Path.Combine(Path.GetTempPath(), $"playbook-outbox-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            await ToNothing(Path.Combine(folder, "warm"), 500);
            Sending[] all = [await ToNothing(Path.Combine(folder, "nothing"), messages), await ToSmtp(Path.Combine(folder, "smtp"), messages)];
            Console.WriteLine(args.Contains("--json") ? JsonSerializer.Serialize(new { outbox = all }, Json) : Table(all));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task<Sending> ToNothing(string folder, int messages)
    {
        var options = await Backlog.Make(folder, messages);
        var channel = new CountingChannel();
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu;
        long began;
        await using (await PlaybookServer.Start(options with { MoreChannels = new Dictionary<ChannelDescription, IChannel> { [SmtpChannel.Description] = channel } }))
        {
            await Until(() => channel.Count > 0);
            process.Refresh();
            (cpu, began) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
            await Until(() => channel.Count >= messages);
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.Refresh();
        await Check(options, messages);
        return new("to a channel that does nothing", messages, messages / seconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / messages, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)messages);
    }

    private static async Task<Sending> ToSmtp(string folder, int messages)
    {
        var options = await Backlog.Make(folder, messages);
        await using var smtp = new SmtpServer(Path.Combine(folder, "spool"), Misbehaviour.None);
        using var sender = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Playbook.SmtpTrial.dll"), options.Database, options.Playbooks!, smtp.Port.ToString(CultureInfo.InvariantCulture) },
        })!;
        try
        {
            await Until(() => smtp.Count > 0);
            sender.Refresh();
            var (cpu, began) = (sender.TotalProcessorTime, Stopwatch.GetTimestamp());
            await Until(() => smtp.Count >= messages);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            sender.Refresh();
            var used = sender.TotalProcessorTime - cpu;
            using var stop = Process.Start("kill", ["-TERM", sender.Id.ToString(CultureInfo.InvariantCulture)]);
            await sender.WaitForExitAsync();
            await Check(options, messages);
            return new("through SMTP to a server on this machine", messages, messages / seconds, used.TotalMicroseconds / messages, null);
        }
        finally
        {
            if (!sender.HasExited)
                sender.Kill();
        }
    }

    /// <summary>Figures count only where every message went and every run ended.</summary>
    private static async Task Check(ServeOptions options, int messages)
    {
        using var owned = StoreLock.Acquire(options.DatabasePath);
        await using var store = RunStore.Open(owned);
        var finished = store.Queries.Count(new RunFilter { SubStatus = RunSubStatus.Finished });
        if (finished != messages)
            throw new InvalidOperationException($"{messages} messages were sent, but {finished} runs ended.");
    }

    private static async Task Until(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
    }

    private static string Table(IEnumerable<Sending> all) => string.Join('\n',
    [
        $"{"Outbox",-42} {"messages/s",12} {"CPU µs each",12} {"bytes each",12}",
        .. all.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Work,-42} {one.PerSecond,12:N0} {one.CpuMicroseconds,12:N0} {one.BytesAllocated,12:N0}")),
    ]);

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private sealed class CountingChannel : IChannel
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken) => new([]);

        public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            return new(new SendResult.Accepted(message.IdempotencyKey));
        }
    }
}
