namespace Playbook.Storage.Runs;

/// <summary>How the store treats its file.</summary>
public sealed record RunStoreOptions
{
    /// <summary>Gives the time at which outbox items are recorded as done.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long a write waits for another program's lock, 0 to 60 s, before its callers are told.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many pages (of 4 KiB) the write-ahead log takes before they are moved to the database, 1,000 to 1,000,000.</summary>
    public int CheckpointPages { get; init; } = 10_000;

    /// <summary>The writer's page cache in MiB, 1 to 4,096.</summary>
    public int CacheMegabytes { get; init; } = 64;

    /// <summary>What tests do to the writer.</summary>
    internal WriterFaults? Faults { get; init; }
}

/// <summary>Ways to make the writer fail on purpose.</summary>
internal sealed class WriterFaults
{
    /// <summary>Called before each statement of a commit; may throw.</summary>
    internal Action? BeforeStatement { get; set; }

    /// <summary>SQL for the writer's connection whenever it is opened, such as a limit on the size of the file.</summary>
    internal string? OnOpen { get; set; }
}
