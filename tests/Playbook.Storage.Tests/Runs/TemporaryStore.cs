using Microsoft.Extensions.Time.Testing;
using Playbook.ContractTests.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Runs;

/// <summary>A store on a real file in a folder of its own, deleted with it.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    private StoreLock _owner;

    private TemporaryStore(string folder, WriterFaults? faults)
    {
        Folder = folder;
        Faults = faults ?? new();
        _owner = StoreLock.Acquire(Path.Combine(folder, "playbook.db"));
        Store = OpenStore();
    }

    internal string Folder { get; }

    internal string File => _owner.DatabasePath;

    internal FakeTimeProvider Clock { get; } = new(Turns.Noon);

    internal WriterFaults Faults { get; }

    internal RunStore Store { get; private set; }

    internal static TemporaryStore Create(WriterFaults? faults = null) =>
        new(Directory.CreateTempSubdirectory("playbook-store-").FullName, faults);

    /// <summary>What a process that died now would leave behind, opened by the next one.</summary>
    internal TemporaryStore CopyAsIfCrashed()
    {
        var copy = Directory.CreateTempSubdirectory("playbook-crash-").FullName;
        foreach (var file in (string[])[File, File + "-wal"])
            if (System.IO.File.Exists(file))
                System.IO.File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return new(copy, null);
    }

    /// <summary>
    /// Runs <paramref name="meanwhile"/> while the writer is held at the first statement of another commit, so that
    /// everything that it starts shares the next transaction.
    /// </summary>
    internal async Task<T> WhileWriterIsHeld<T>(Func<T> meanwhile)
    {
        using var released = new ManualResetEventSlim();
        var held = new TaskCompletionSource();
        Faults.BeforeStatement = () =>
        {
            Faults.BeforeStatement = null;
            held.SetResult();
            released.Wait(TimeSpan.FromSeconds(30));
        };
        // Nobody else writes, so it is written on the thread of its caller, which is therefore not this one.
        var first = Task.Run(() => Store.Commit([Turns.Start(Turns.NewRun())], []).AsTask());
        await held.Task;
        var result = meanwhile();
        released.Set();
        await first;
        return result;
    }

    internal async Task Reopen()
    {
        await Store.DisposeAsync();
        _owner.Dispose();
        _owner = StoreLock.Acquire(Path.Combine(Folder, "playbook.db"));
        Store = OpenStore();
    }

    public async ValueTask DisposeAsync()
    {
        Faults.BeforeStatement = null;
        await Store.DisposeAsync();
        _owner.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private RunStore OpenStore() => RunStore.Open(_owner, new() { Clock = Clock, Faults = Faults, BusyTimeout = TimeSpan.Zero });
}
