using System.IO.Compression;
using System.Text.Json;
using Playbook.Server.ElsaApi.ActivityExecutions;

namespace Playbook.Server.ElsaApi.Instances;

/// <summary>Runs as files: one as JSON, several as a zip of them.</summary>
internal static class InstanceExport
{
    private const int MostAtOnce = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/workflow-instances/{id}/export", ["GET", "POST"], (string id, HttpRequest request, RunPaths paths, CancellationToken cancellationToken) =>
            Export(request, id, paths, cancellationToken));
        api.MapMethods("/bulk-actions/export/workflow-instances", ["GET", "POST"], (HttpRequest request, RunPaths paths, CancellationToken cancellationToken) =>
            Export(request, null, paths, cancellationToken));
    }

    private static async Task<IResult> Export(HttpRequest request, string? id, RunPaths paths, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        List<string> ids = (id ?? values.Text("id")) is { Length: > 0 } single ? [single] : [.. (values.Texts("ids") ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];
        var parts = new ExportParts(values.Flag("includeBookmarks") ?? false, values.Flag("includeActivityExecutionLog") ?? false, values.Flag("includeWorkflowExecutionLog") ?? false);
        if (ids.Count is 0 or > MostAtOnce)
            values.Refuse("ids", $"Name the workflow instances to export, at most {MostAtOnce}.");
        if (values.Problem is { } problem)
            return problem;
        if (ids.Count == 1)
            return await paths.Find(RunIds.Parse(ids[0]), cancellationToken) is { } path ? TypedResults.File(Write(path, parts), "application/json", NameOf(path)) : InstancesApi.Unknown(ids[0]);

        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var one in ids)
            {
                if (await paths.Find(RunIds.Parse(one), cancellationToken) is not { } path)
                    return InstancesApi.Unknown(one);
                var entry = archive.CreateEntry(NameOf(path));
                entry.LastWriteTime = path.State.UpdatedAt;
                await using var stream = await entry.OpenAsync(cancellationToken);
                await stream.WriteAsync(Write(path, parts), cancellationToken);
            }

        return TypedResults.File(zip.ToArray(), "application/zip", "workflow-instances.zip");
    }

    private static byte[] Write(RunPath path, ExportParts parts)
    {
        var state = InstanceState.Of(path);
        return JsonSerializer.SerializeToUtf8Bytes(
            // Elsa writes these four names with capitals, and null where a part was not asked for.
            new Dictionary<string, object?>
            {
                ["WorkflowState"] = state,
                ["Bookmarks"] = parts.Bookmarks ? state.Bookmarks.Select(bookmark => new ExportedBookmark(bookmark, state)).ToList() : null,
                ["ActivityExecutionRecords"] = parts.Executions ? path.Steps.Select(step => ExecutionRecord.Of(path, step)).ToList() : null,
                ["WorkflowExecutionLogRecords"] = parts.Journal ? path.Lines.Select(line => JournalAnswer.Of(path, line)).ToList() : null,
            },
            ElsaJson.Options);
    }

    private static string NameOf(RunPath path) => $"workflow-instance-{RunIds.Of(path.State.Id)}.json";

    private readonly record struct ExportParts(bool Bookmarks, bool Executions, bool Journal);
}

internal sealed record ExportedBookmark(
    string Id, string ActivityTypeName, string WorkflowInstanceId, string? ActivityInstanceId, string Hash, string? CorrelationId, DateTimeOffset CreatedAt,
    IReadOnlyDictionary<string, object?> Payload, IReadOnlyDictionary<string, object?> Metadata)
{
    public ExportedBookmark(BookmarkAnswer bookmark, InstanceState run)
        : this(bookmark.Id, bookmark.Name, run.Id, bookmark.ActivityInstanceId, bookmark.Hash, run.CorrelationId, bookmark.CreatedAt, bookmark.Payload, new Dictionary<string, object?>())
    {
    }
}
