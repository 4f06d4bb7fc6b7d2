using System.Globalization;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.Definitions.Saving;

/// <summary>Deleting definitions and versions, but none that a run still needs.</summary>
internal static class DeletingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapDelete("/workflow-definitions/{definitionId}", Delete).WithSummary("Deletes a definition with all its versions");
        api.MapDelete("/workflow-definition-versions/{id}", DeleteVersion).WithSummary("Deletes one version");
        api.MapDelete("/workflow-definitions/{definitionId}/version/{version}", DeleteNumber);
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", DeleteMany);
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-id", DeleteVersions);
    }

    private static async Task<IResult> Delete(string definitionId, DefinitionStore store, RunQueries runs, CancellationToken cancellationToken)
    {
        if (await store.Get(definitionId, VersionChoice.Latest, cancellationToken) is not { } latest)
            return ReadingApi.Unknown(definitionId);
        if (InUse(latest, null, runs) is { } reason)
            return ElsaErrors.Of(reason, StatusCodes.Status409Conflict);
        await store.Delete(definitionId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DeleteVersion(string id, DefinitionStore store, RunQueries runs, CancellationToken cancellationToken)
    {
        if (await store.GetVersion(id, cancellationToken) is not { } version)
            return Api.Problems.NotFound($"There is no definition version '{id}'.");
        if (InUse(version, version.Id, runs) is { } reason)
            return ElsaErrors.Of(reason, StatusCodes.Status409Conflict);
        await store.DeleteVersion(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DeleteNumber(string definitionId, string version, DefinitionStore store, RunQueries runs, CancellationToken cancellationToken)
    {
        if (!int.TryParse(version, CultureInfo.InvariantCulture, out var number) || number < 1 || await store.Get(definitionId, VersionChoice.Of(number), cancellationToken) is not { } found)
            return ReadingApi.Unknown(definitionId);
        if (InUse(found, found.Id, runs) is { } reason)
            return ElsaErrors.Of(reason, StatusCodes.Status409Conflict);
        await store.DeleteVersion(found.Id, cancellationToken);
        return TypedResults.Ok();
    }

    private static async Task<IResult> DeleteMany(HttpContext context, DefinitionStore store, RunQueries runs, CancellationToken cancellationToken)
    {
        var found = new List<DefinitionVersion>();
        foreach (var id in await IdList.Read(context, "definitionIds", cancellationToken))
            if (await store.Get(id, VersionChoice.Latest, cancellationToken) is { } latest)
                found.Add(latest);
        // All are asked before the first is gone.
        if (found.Select(latest => InUse(latest, null, runs)).OfType<string>().ToList() is { Count: > 0 } reasons)
            return ElsaErrors.Of(reasons, StatusCodes.Status409Conflict);
        foreach (var latest in found)
            await store.Delete(latest.DefinitionId, cancellationToken);
        return ElsaJson.Answer(new { deleted = (long)found.Count });
    }

    private static async Task<IResult> DeleteVersions(HttpContext context, DefinitionStore store, StoredDefinitions definitions, RunQueries runs, CancellationToken cancellationToken)
    {
        var found = await definitions.Many(await IdList.Read(context, "ids", cancellationToken), cancellationToken);
        if (found.Select(version => InUse(version, version.Id, runs)).OfType<string>().ToList() is { Count: > 0 } reasons)
            return ElsaErrors.Of(reasons, StatusCodes.Status409Conflict);
        foreach (var version in found)
            await store.DeleteVersion(version.Id, cancellationToken);
        return ElsaJson.Answer(new { deleted = (long)found.Count });
    }

    /// <param name="versionId">Only this version; null for all of the definition.</param>
    private static string? InUse(DefinitionVersion version, string? versionId, RunQueries runs)
    {
        var used = runs.UnderWayByVersion(version.DefinitionId).Where(use => versionId is null || use.VersionId == versionId).ToList();
        if (used.Count == 0)
            return Told(version, runs.ByVersion(version.DefinitionId).Where(use => versionId is null || use.VersionId == versionId).Sum(use => use.Count));
        var count = used.Sum(use => use.Count);
        var where = string.Join(", ", used.Select(use => $"{use.Count} on version {use.Version}"));
        return $"\"{version.Name}\" was not deleted: {(count == 1 ? "1 run is" : $"{count} runs are")} under way or {(count == 1 ? "stands" : "stand")} at an incident ({where}). "
            + "Unpublish it, so that no new run starts, and let them finish; or cancel them first.";
    }

    // What an ended run did is told by the version that it ran on.
    private static string? Told(DefinitionVersion version, long ended) => ended == 0
        ? null
        : $"\"{version.Name}\" was not deleted: the history of {(ended == 1 ? "1 run that has" : $"{ended} runs that have")} ended would no longer be readable. Unpublish it instead, or delete those runs first.";
}
