using Playbook.Server.Pages.Measures.Charts;
using Playbook.Server.Pages.Measures.Experiments;
using Playbook.Server.Pages.Measures.Forecasts;

namespace Playbook.Server.Pages.Measures;

/// <summary>The parts of the results pages.</summary>
internal static class MeasuresHosting
{
    public static void AddResults(this IServiceCollection services)
    {
        services.AddSingleton<ChartFiles>();
        services.AddSingleton<ResultsDesk>();
        services.AddSingleton<PictureShelf>();
        services.AddSingleton<ForecastShelf>();
        services.AddSingleton<ExperimentDesk>();
        services.AddHostedService<ResultsWorker>();
    }
}
