using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Graph;

/// <summary>Who uses a definition.</summary>
internal static class ConsumersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/consumers", List).WithSummary("The definitions that use this one");
        api.MapPost("/workflow-definitions/{definitionId}/update-references", Update);
    }

    private static async Task<IResult> List(string definitionId, DefinitionStore store, Consumers consumers, CancellationToken cancellationToken) =>
        await store.Get(definitionId, VersionChoice.Latest, cancellationToken) is null
            ? ReadingApi.Unknown(definitionId)
            : ElsaJson.Answer(new { consumingWorkflowDefinitionIds = (await consumers.Of(definitionId, cancellationToken)).Select(version => version.DefinitionId) });

    // Elsa writes the new version's id into every definition that uses it. Here they take the published version whenever
    // they run, so no reference is ever out of date.
    private static async Task<IResult> Update(string definitionId, DefinitionStore store, CancellationToken cancellationToken) =>
        await store.Get(definitionId, VersionChoice.Latest, cancellationToken) is null
            ? ReadingApi.Unknown(definitionId)
            : ElsaJson.Answer(new { affectedWorkflows = Array.Empty<string>() });
}
