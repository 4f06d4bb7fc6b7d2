using Playbook.Server.Workers;

namespace Playbook.Server.Pages.Today;

/// <summary>Reads and weighs the open tasks once after the start, so that not the first rep of the day waits for it.</summary>
internal sealed class TodayWarmer(TodayShelf shelf, IHostApplicationLifetime lifetime, ILogger<TodayWarmer> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.Started(stoppingToken);
            await shelf.Load(null, "", stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server stops before anybody has looked.
        }
        catch (Exception fault) when (fault is Playbook.Storage.Runs.StoreException or System.Data.Common.DbException or ObjectDisposedException)
        {
            log.LogWarning(fault, "The queue could not be read ahead; it is when somebody looks");
        }
    }
}
