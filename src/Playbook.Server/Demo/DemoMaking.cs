using Microsoft.AspNetCore.DataProtection;
using Playbook.Abstractions;
using Playbook.Server.Commands;
using Playbook.Server.Definitions;
using Playbook.Server.Host;
using Playbook.Storage.Runs;

namespace Playbook.Server.Demo;

/// <summary>
/// Makes a database with a demo company in it. The parts of the server are put together as always, but it does not serve:
/// nothing of it works by a timer, so that a year's jump of the clock fires none.
/// </summary>
internal static class DemoMaking
{
    public static async Task<DemoResult> Make(string database, string? playbooks, DemoPlan plan, IProgress<(double Part, DateTimeOffset Day)>? progress, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(database);
        if (File.Exists(path))
            throw new HostException(ExitCodes.InvalidInput, $"There is a database {path} already, and a demo does not go into one that is used. Name a new file with --database.");
        if (playbooks is null || !Directory.Exists(playbooks))
            throw new HostException(ExitCodes.InvalidInput, $"The demo needs playbooks to work by{(playbooks is null ? "" : $", and there is no folder {playbooks}")}. Name their folder with --playbooks.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var owned = StoreLock.Acquire(path);
        var until = TimeProvider.System.GetUtcNow();
        var clock = ManualClock.InMemory(until.AddMonths(-plan.Months));
        await DatabaseFile.Prepare(Composition.Databases(path), path, cancellationToken);
        await using var store = RunStore.Open(owned, new RunStoreOptions { Clock = clock });
        var channel = new DemoChannel(clock);
        var options = new ServeOptions
        {
            Database = path, Playbooks = playbooks, Company = "Beacon", MoreChannels = new Dictionary<ChannelDescription, IChannel> { [DemoChannel.Email] = channel },
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddPlaybook(options, store, store, clock);
        await using var provider = services.BuildServiceProvider();
        if ((await provider.GetRequiredService<PlaybookFolders>().Import(cancellationToken)).Count == 0)
            throw new HostException(ExitCodes.InvalidInput, $"There is no playbook in {playbooks}. Name the folder that holds them with --playbooks.");
        return await new DemoYear(provider, channel, plan).Live(until, progress, cancellationToken);
    }
}
