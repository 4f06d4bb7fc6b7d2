using Playbook.Benchmarks.Durable;

if (args is not ["durable", ..])
{
    Console.Error.WriteLine("""
        Usage: Playbook.Benchmarks durable [--json] [--seconds N] [--folder PATH]
          durable   starts and resumes per second through the run store, each commit flushed to disk
        """);
    return 1;
}

return await DurableBenchmark.Run(args[1..]);
