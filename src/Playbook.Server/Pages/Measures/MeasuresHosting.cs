using Playbook.Server.Pages.Measures.Charts;
using Playbook.Server.Pages.Measures.Experiments;
using Playbook.Server.Pages.Measures.Forecasts;
using Playbook.Server.Pages.Measures.Manual;
using Playbook.Server.Pages.Measures.People;

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
        services.AddSingleton<ManualShelf>();
        services.AddSingleton<PeopleShelf>();
        services.AddHostedService<ResultsWorker>();
    }

    public static void MapResults(this IEndpointRouteBuilder app) => app
        .MapGet("/results/manual.pdf", async (ManualShelf shelf, CancellationToken cancellationToken) =>
            Results.File(ManualPdf.Write(await shelf.Write(cancellationToken)), "application/pdf", "operations-manual.pdf"))
        .ExcludeFromDescription();
}
