using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Definitions.Graph;
using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Files;

/// <summary>Definitions as files: one as JSON, several as a zip.</summary>
internal static class ExportApi
{
    private static readonly string[] Verbs = ["GET", "POST"];

    // The earliest that a zip can name: the same definitions give the same bytes.
    private static readonly DateTimeOffset ZipTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapMethods("/workflow-definitions/{definitionId}/export", Verbs, Export).WithSummary("A definition as a file");
        api.MapMethods("/bulk-actions/export/workflow-definitions", Verbs, ExportMany).WithSummary("Versions as a zip, by their ids");
    }

    private static async Task<IResult> Export(string definitionId, HttpContext context, StoredDefinitions definitions, Consumers consumers, CancellationToken cancellationToken)
    {
        var body = await Options(context, cancellationToken);
        var options = VersionOptions.Parse(Text(context, body, "versionOptions")) ?? VersionOptions.Latest;
        if (await definitions.Find(definitionId, options, cancellationToken) is not { } version)
            return ReadingApi.Unknown(definitionId);
        return WithConsumers(context, body)
            ? Zip([version, .. await consumers.Of(definitionId, cancellationToken)])
            : TypedResults.File(Bytes(version), "application/json", FileName(version));
    }

    private static async Task<IResult> ExportMany(HttpContext context, StoredDefinitions definitions, Consumers consumers, CancellationToken cancellationToken)
    {
        var body = await Options(context, cancellationToken);
        var ids = body["ids"] is JsonArray list ? [.. list.Select(Json.Text).OfType<string>()] : DefinitionQuery.List(context.Request.Query["ids"]);
        var versions = new List<DefinitionVersion>(await definitions.Many(ids ?? [], cancellationToken));
        if (WithConsumers(context, body))
            foreach (var id in versions.Select(version => version.DefinitionId).Distinct().ToList())
                versions.AddRange((await consumers.Of(id, cancellationToken)).Where(consumer => versions.All(version => version.DefinitionId != consumer.DefinitionId)));
        return versions.Count == 0 ? TypedResults.NoContent() : Zip(versions);
    }

    private static IResult Zip(IReadOnlyCollection<DefinitionVersion> versions)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var version in versions.OrderBy(version => version.DefinitionId, StringComparer.Ordinal).ThenBy(version => version.Version))
            {
                var entry = zip.CreateEntry(FileName(version), CompressionLevel.Optimal);
                entry.LastWriteTime = ZipTime;
                using var stream = entry.Open();
                stream.Write(Bytes(version));
            }

        return TypedResults.File(bytes.ToArray(), "application/zip", "workflow-definitions.zip");
    }

    private static byte[] Bytes(DefinitionVersion version) => Encoding.UTF8.GetBytes(StoredDocument.Write(StoredDocument.Export(version)));

    // As Elsa calls them, and two definitions of the same name in a zip must not be one file.
    private static string FileName(DefinitionVersion version) => $"workflow-definition-{version.DefinitionId}-v{version.Version}.json";

    private static async Task<JsonObject> Options(HttpContext context, CancellationToken cancellationToken) =>
        HttpMethods.IsGet(context.Request.Method) || context.Request.ContentLength is 0 or null && !context.Request.Headers.ContainsKey("Transfer-Encoding") ? [] : await Bodies.Read(context.Request, cancellationToken);

    private static string? Text(HttpContext context, JsonObject body, string name) => Json.Text(body[name]) ?? context.Request.Query[name].ToString();

    private static bool WithConsumers(HttpContext context, JsonObject body) =>
        Json.Flag(body["includeConsumingWorkflows"]) || bool.TryParse(context.Request.Query["includeConsumingWorkflows"], out var wanted) && wanted;
}
