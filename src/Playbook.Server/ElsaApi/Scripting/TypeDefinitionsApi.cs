using Playbook.Engine.Activities;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Scripting;

/// <summary>What an expression may use, in TypeScript: the editor completes from it.</summary>
internal static class TypeDefinitionsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/scripting/javascript/type-definitions/{definitionId}", Declarations).WithTags("Elsa").WithSummary("TypeScript declarations of what is in scope of a playbook's expressions");

    private static async Task<IResult> Declarations(string definitionId, DefinitionStore store, ActivityCatalog catalog, CancellationToken cancellationToken) =>
        await store.Get(definitionId, VersionChoice.Latest, cancellationToken) is { } latest
            ? TypedResults.Text(TypeScript.Of(StoredDocument.Read(latest), catalog.Descriptions), "application/x-typescript")
            : Api.Problems.NotFound($"There is no definition '{definitionId}'.");
}
