using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Playbooks;

/// <summary>The playbooks' pages: their parts, and the files that they give.</summary>
internal static class PlaybookFiles
{
    public static void AddPlaybookPages(this IServiceCollection services)
    {
        services.AddSingleton<PlaybookShelf>();
        services.AddSingleton<PlaybookDesk>();
        services.AddSingleton<PlaybookImport>();
    }

    public static void MapPlaybookFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/playbooks/{id}/export.json", Json).ExcludeFromDescription();
        app.MapGet("/playbooks/{id}/export.zip", Zip).ExcludeFromDescription();
        app.MapGet("/playbooks/export.zip", All).ExcludeFromDescription();
    }

    private static async Task<IResult> Json(string id, DefinitionStore store, CancellationToken cancellationToken) =>
        await store.Get(id, cancellationToken: cancellationToken) is { } latest
            ? Results.File(System.Text.Encoding.UTF8.GetBytes(latest.Json), "application/json", $"{id}.json")
            : Results.NotFound();

    private static async Task<IResult> Zip(string id, DefinitionStore store, PlaybookDesk desk, CancellationToken cancellationToken) =>
        await store.Get(id, cancellationToken: cancellationToken) is null
            ? Results.NotFound()
            : Results.File(PlaybookPackage.Write([(id, await desk.Content(id, cancellationToken))]), "application/zip", $"{id}.zip");

    private static async Task<IResult> All(DefinitionStore store, PlaybookDesk desk, CancellationToken cancellationToken)
    {
        var all = new List<(string, DefinitionContent)>();
        foreach (var latest in await store.List(cancellationToken: cancellationToken))
            all.Add((latest.DefinitionId, await desk.Content(latest.DefinitionId, cancellationToken)));
        return Results.File(PlaybookPackage.Write(all), "application/zip", "playbooks.zip");
    }
}
