using Playbook.Server.Api;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Descriptors;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Reading;

/// <summary>Reading definitions and their versions.</summary>
internal static class ReadingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workflow-definitions", List).WithSummary("Definitions that match");
        api.MapGet("/workflow-definitions/{definitionId}", ByDefinitionId);
        api.MapGet("/workflow-definitions/by-definition-id/{definitionId}", ByDefinitionId).WithSummary("One version of a definition; the latest where no other is asked for");
        api.MapGet("/workflow-definitions/by-id/{id}", ById).WithSummary("A version by its own id");
        api.MapGet("/workflow-definitions/many-by-id", Many);
        api.MapGet("/workflow-definitions/query/count", Count);
        api.MapGet("/workflow-definitions/validation/is-name-unique", IsNameUnique);
        api.MapGet("/workflow-definitions/{definitionId}/versions", Versions).WithSummary("All versions, the newest first");
    }

    private static async Task<IResult> List(HttpContext context, StoredDefinitions definitions, CancellationToken cancellationToken)
    {
        var query = DefinitionQuery.Read(context.Request.Query);
        var found = query.Ids is { } ids
            ? (await definitions.Many(ids, cancellationToken)).Where(version => (query.Versions?.Fits(version) ?? true) && (query.DefinitionIds?.Contains(version.DefinitionId) ?? true))
            : await definitions.All(query.Versions, query.DefinitionIds, cancellationToken);
        var matching = found.Select(version => DefinitionSummary.Of(version)).Where(summary => Fits(summary, query));
        var ordered = Order(matching, query).ToList();
        var items = ordered.Skip(query.Skip ?? 0).Take(query.Take ?? ordered.Count).ToList();
        return ElsaJson.Answer(new { items, totalCount = (long)ordered.Count, links = DefinitionLinks.OfList() });
    }

    private static bool Fits(DefinitionSummary summary, DefinitionQuery query) =>
        (query.IsSystem is not { } isSystem || summary.IsSystem == isSystem)
        && (query.Materializer is not { } materializer || summary.MaterializerName == materializer)
        && (query.Term is not { } term || new[] { summary.Name, summary.Description, summary.Id, summary.DefinitionId }.Any(text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));

    private static IEnumerable<DefinitionSummary> Order(IEnumerable<DefinitionSummary> summaries, DefinitionQuery query)
    {
        Comparison<DefinitionSummary> compare = query.OrderBy switch
        {
            "Version" => (a, b) => a.Version.CompareTo(b.Version),
            "Created" => (a, b) => a.CreatedAt.CompareTo(b.CreatedAt),
            _ => (a, b) => string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase),
        };
        var comparer = Comparer<DefinitionSummary>.Create(compare);
        // Pages must not depend on chance where names are the same.
        return (query.Descending ? summaries.OrderDescending(comparer) : summaries.Order(comparer)).ThenBy(summary => summary.DefinitionId, StringComparer.Ordinal).ThenByDescending(summary => summary.Version);
    }

    private static async Task<IResult> ByDefinitionId(string definitionId, string? versionOptions, HttpContext context, StoredDefinitions definitions, OpenEditors editors, CancellationToken cancellationToken)
    {
        var options = VersionOptions.Parse(versionOptions) ?? VersionOptions.Latest;
        if (await definitions.Find(definitionId, options, cancellationToken) is not { } version)
            return Unknown(definitionId);
        editors.Opened(ElsaCaller.Of(context).Editor, definitionId);
        return await Show(version, context, definitions, cancellationToken);
    }

    private static async Task<IResult> ById(string id, HttpContext context, DefinitionStore store, StoredDefinitions definitions, CancellationToken cancellationToken) =>
        await store.GetVersion(id, cancellationToken) is { } version
            ? await Show(version, context, definitions, cancellationToken)
            : Problems.NotFound($"There is no definition version '{id}'.");

    private static async Task<IResult> Show(DefinitionVersion version, HttpContext context, StoredDefinitions definitions, CancellationToken cancellationToken)
    {
        var shown = await definitions.Show(version, cancellationToken);
        context.Response.Headers.ETag = Stamps.ETag(version);
        return ElsaJson.Answer(shown.Wire);
    }

    private static async Task<IResult> Many(HttpContext context, StoredDefinitions definitions, CancellationToken cancellationToken)
    {
        var items = new List<System.Text.Json.Nodes.JsonObject>();
        foreach (var version in await definitions.Many(DefinitionQuery.List(context.Request.Query["Ids"]) ?? [], cancellationToken))
            items.Add((await definitions.Show(version, cancellationToken)).Wire);
        return ElsaJson.Answer(new ElsaList<System.Text.Json.Nodes.JsonObject>(items));
    }

    private static async Task<IResult> Count(DefinitionStore store, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new { count = (await store.Ids(cancellationToken)).Count });

    private static async Task<IResult> IsNameUnique(string? name, string? definitionId, DefinitionStore store, CancellationToken cancellationToken)
    {
        var wanted = name?.Trim();
        if (string.IsNullOrEmpty(wanted))
            return ElsaErrors.Of("Say which name: ?name=First call.");
        var isUnique = (await store.List(cancellationToken: cancellationToken)).All(version => version.DefinitionId == definitionId || !string.Equals(version.Name, wanted, StringComparison.OrdinalIgnoreCase));
        return ElsaJson.Answer(new { isUnique });
    }

    private static async Task<IResult> Versions(string definitionId, StoredDefinitions definitions, DefinitionStore store, CancellationToken cancellationToken)
    {
        var versions = await store.Versions(definitionId, cancellationToken);
        if (versions.Count == 0)
            return Unknown(definitionId);
        var shown = new List<System.Text.Json.Nodes.JsonObject>();
        foreach (var version in versions)
            shown.Add((await definitions.Show(version, cancellationToken)).Wire);
        return ElsaJson.Answer(shown);
    }

    internal static IResult Unknown(string definitionId) => Problems.NotFound($"There is no definition '{definitionId}' in the version asked for.");
}
