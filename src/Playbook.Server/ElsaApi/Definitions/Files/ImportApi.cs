using System.IO.Compression;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Server.ElsaApi.Definitions.Saving;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Files;

/// <summary>Taking definitions in from a body or from files.</summary>
internal static class ImportApi
{
    private const int MostFiles = 1000;
    private static readonly string[] Verbs = ["POST", "PUT"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapMethods("/workflow-definitions/import", Verbs, Import).WithSummary("Takes a whole definition in");
        api.MapMethods("/workflow-definitions/{definitionId}/import", Verbs, ImportAs);
        api.MapPost("/workflow-definitions/import-files", ImportFiles).WithSummary("Takes definitions in from JSON files and zips").DisableAntiforgery();
    }

    private static Task<IResult> Import(HttpContext context, Importer importer, StoredDefinitions definitions, CancellationToken cancellationToken) =>
        Take(null, context, importer, definitions, cancellationToken);

    private static Task<IResult> ImportAs(string definitionId, HttpContext context, Importer importer, StoredDefinitions definitions, CancellationToken cancellationToken) =>
        Take(DefinitionIds.Checked(definitionId), context, importer, definitions, cancellationToken);

    private static async Task<IResult> Take(string? asId, HttpContext context, Importer importer, StoredDefinitions definitions, CancellationToken cancellationToken)
    {
        if (context.Request.ContentType is not null && !context.Request.HasJsonContentType())
            throw new BadHttpRequestException($"The body is {context.Request.ContentType}; send JSON, with the header Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        var bytes = await Bodies.ReadBytes(context.Request.Body, cancellationToken);
        var isNew = DefinitionIds.Of(Bodies.Parse(bytes)) is null && asId is null;
        var version = await importer.Import(bytes, ElsaCaller.Of(context), cancellationToken, asId);
        context.Response.Headers.ETag = Stamps.ETag(version);
        var shown = (await definitions.Show(version, cancellationToken)).Wire;
        return isNew
            ? new Located(ElsaJson.Answer(shown, StatusCodes.Status201Created), $"{ElsaPath.Root}/workflow-definitions/by-definition-id/{version.DefinitionId}")
            : ElsaJson.Answer(shown);
    }

    private static async Task<IResult> ImportFiles(HttpContext context, Importer importer, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
            return ElsaErrors.Of("Send the files as a form (multipart/form-data).", StatusCodes.Status415UnsupportedMediaType);
        var documents = new List<(string Name, byte[] Bytes)>();
        foreach (var file in (await Form(context, cancellationToken)).Files)
            await Read(file, documents, cancellationToken);
        if (documents.Count == 0)
            return ElsaErrors.Of("There is no definition among the files. Send JSON files, or zips of them.");
        var faults = new List<string>();
        var count = 0;
        foreach (var (name, bytes) in documents)
        {
            try
            {
                await importer.Import(bytes, ElsaCaller.Of(context), cancellationToken);
                count++;
            }
            catch (Exception refused) when (refused is DocumentException or DefinitionException)
            {
                // The others are taken in all the same, and the answer names those that were not.
                faults.Add($"{name}: {refused.Message}");
            }
        }

        return faults.Count == 0
            ? ElsaJson.Answer(new { count })
            : ElsaErrors.Of(faults, more: new Dictionary<string, object?> { ["count"] = count });
    }

    private static async Task<IFormCollection> Form(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Request.ReadFormAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new BadHttpRequestException($"The form cannot be read: {broken.Message}", broken);
        }
    }

    private static async Task Read(IFormFile file, List<(string Name, byte[] Bytes)> documents, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenReadStream();
        var isZip = file.FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || file.ContentType.Contains("zip", StringComparison.OrdinalIgnoreCase);
        if (!isZip)
        {
            documents.Add((file.FileName, await Bodies.ReadBytes(stream, cancellationToken)));
            return;
        }

        // A form's file cannot be sought beyond its ends, which reading something that is no zip does.
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        try
        {
            using var zip = new ZipArchive(bytes, ZipArchiveMode.Read);
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            {
                if (documents.Count == MostFiles)
                    throw new DocumentException($"There are more than {MostFiles} definitions. Send them in several zips.");
                await using var content = await entry.OpenAsync(cancellationToken);
                documents.Add(($"{file.FileName}/{entry.FullName}", await Bodies.ReadBytes(content, cancellationToken)));
            }
        }
        catch (InvalidDataException broken)
        {
            throw new DocumentException($"{file.FileName} is no zip that can be read: {broken.Message}", broken);
        }
    }
}
