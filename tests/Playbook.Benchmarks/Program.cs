using Playbook.Benchmarks.Durable;
using Playbook.Benchmarks.InMemory;
using Playbook.Benchmarks.Metrics;
using Playbook.Benchmarks.Outbox;
using Playbook.Benchmarks.Scripts;
using Playbook.Benchmarks.Sending;

switch (args)
{
    case ["memory", ..]:
        InMemoryBenchmark.Run(args[1..]);
        ScriptBenchmark.Run(args[1..]);
        return 0;
    case ["policy"]:
        return await PolicyBenchmark.Run();
    case ["durable", ..]:
        return await DurableBenchmark.Run(args[1..]);
    case ["outbox", ..]:
        return await OutboxBenchmark.Run(args[1..]);
    case ["metrics", ..]:
        return await MetricsBenchmark.Run(args[1..]);
    case [] or ["--json", ..]:
        InMemoryBenchmark.Run(args);
        ScriptBenchmark.Run(args);
        Console.WriteLine();
        await DurableBenchmark.Run(args);
        Console.WriteLine();
        return await OutboxBenchmark.Run(args);
    default:
        Console.Error.WriteLine("""
            Usage: Playbook.Benchmarks [memory | durable | outbox | policy | metrics] [--json] [--seconds N] [--messages N] [--events N] [--folder PATH]
              memory    activities and rendered scripts per second on one thread, nothing stored
              durable   starts and resumes per second through the run store, each commit flushed to disk
              outbox    messages per second from the outbox to a channel, and through SMTP to a server on this machine
              policy    what a decision of the sending policy costs: alone, with its facts read, and kept
              metrics   counting a year of five million events, a day more of them, and the first results page after it
            The first three where none is named.
            """);
        return 2;
}
