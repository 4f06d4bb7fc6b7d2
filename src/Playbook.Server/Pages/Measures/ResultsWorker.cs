using Playbook.Server.Pages.Measures.Forecasts;
using Playbook.Server.Workers;

namespace Playbook.Server.Pages.Measures;

/// <summary>
/// Keeps the count fresh, and a forecast of every day, without anybody opening a page; after a start it asks once for what the first
/// page shows, so that nobody waits for the file to come off the disk.
/// </summary>
internal sealed class ResultsWorker(ResultsDesk desk, PictureShelf pictures, ForecastShelf forecasts, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ResultsWorker> log) : BackgroundService
{
    private const int FirstPageWeeks = 12;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateOnly? kept = null;
        try
        {
            await lifetime.Started(stoppingToken);
            await ReadAhead(stoppingToken);
            while (true)
            {
                await Task.Delay(Every, clock, stoppingToken);
                try
                {
                    await desk.Refresh(stoppingToken);
                    if (kept != desk.Today)
                        await forecasts.Keep("the server").WaitAsync(stoppingToken);
                    kept = desk.Today;
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    // A page that is opened tries again and shows the fault; here it must not end the day's work.
                    log.LogError(fault, "The results could not be brought up to date; it is tried again in an hour");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private async Task ReadAhead(CancellationToken stoppingToken)
    {
        try
        {
            await desk.Refresh(stoppingToken);
            var period = desk.Period(FirstPageWeeks);
            await Task.Run(() => desk.All(period), stoppingToken);
            await pictures.Plans(period).WaitAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "The results could not be read ahead; they are when somebody looks");
        }
    }
}
