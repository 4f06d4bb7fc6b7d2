using System.Security.Cryptography;

namespace Playbook.Server.Pages.Measures.Charts;

/// <summary>The script that draws charts (Apache ECharts), copied by the build; without it a chart is its table.</summary>
internal sealed class ChartFiles
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "charts", "echarts.common.min.js");

    /// <summary>Where the script is served; null where the build did not find it.</summary>
    public string? Script { get; } = System.IO.File.Exists(File) ? $"/charts/{Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(File)))[..12]}/echarts.js" : null;

    public static void Map(IEndpointRouteBuilder app)
    {
        // The address names the content, so that a browser never asks twice.
        if (app.ServiceProvider.GetRequiredService<ChartFiles>().Script is { } script)
            app.MapGet(script, (HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.File(File, "text/javascript");
            }).ExcludeFromDescription();
    }
}
