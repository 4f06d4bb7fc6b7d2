using Playbook.Server.Pages.Measures.Forecasts;

namespace Playbook.Server.Pages.Measures;

/// <summary>Keeps the count fresh, and a forecast of every day, without anybody opening a page.</summary>
internal sealed class ResultsWorker(ResultsDesk desk, ForecastShelf forecasts, TimeProvider clock, ILogger<ResultsWorker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateOnly? kept = null;
        try
        {
            while (true)
            {
                await Task.Delay(Every, clock, stoppingToken);
                try
                {
                    await desk.Refresh().WaitAsync(stoppingToken);
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
}
