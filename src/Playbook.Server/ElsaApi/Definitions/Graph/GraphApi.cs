using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Graph;

/// <summary>Parts of a drawing: an activity with what is in it, and the way to it.</summary>
internal static class GraphApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workflow-definitions/subgraph/{id}", Subgraph).WithSummary("An activity of a version with all that is in it");
        api.MapGet("/workflow-definitions/subgraph/segments/{id}", Segments).WithSummary("The way from the root to an activity");
    }

    private static async Task<IResult> Subgraph(string id, string? parentNodeId, DefinitionStore store, StoredDefinitions definitions, CancellationToken cancellationToken)
    {
        if (await store.GetVersion(id, cancellationToken) is not { } version)
            return Unknown(id);
        var root = GraphNode.Workflow((await definitions.Show(version, cancellationToken)).Wire);
        return ElsaJson.Answer((root.All().FirstOrDefault(node => node.NodeId == parentNodeId) ?? root).Write());
    }

    private static async Task<IResult> Segments(string id, string? childNodeId, DefinitionStore store, StoredDefinitions definitions, CancellationToken cancellationToken)
    {
        if (await store.GetVersion(id, cancellationToken) is not { } version)
            return Unknown(id);
        var root = GraphNode.Workflow((await definitions.Show(version, cancellationToken)).Wire);
        if (root.All().FirstOrDefault(node => node.NodeId == childNodeId) is not { } child)
            return ElsaErrors.Of($"There is no activity '{childNodeId}' in that version.");
        var ancestors = child.Ancestors().ToList();
        // Flowcharts are only the paper that activities are drawn on: the way leads from one activity to the next within.
        var steps = ancestors.Where(node => node.Type is not ("Elsa.Workflow" or "Elsa.Flowchart")).Reverse().ToList();
        var container = steps.Count == 0 ? ancestors.LastOrDefault() ?? child : steps[^1];
        return ElsaJson.Answer(new JsonObject
        {
            ["childNode"] = child.Write(),
            ["container"] = container.Write(),
            ["pathSegments"] = new JsonArray([.. steps.Select(step => Segment(step, child))]),
        });
    }

    private static JsonObject Segment(GraphNode step, GraphNode child)
    {
        var towards = child;
        while (towards.Parent is { } parent && parent != step)
            towards = parent;
        return new JsonObject
        {
            ["activityNodeId"] = step.NodeId,
            ["activityId"] = step.Id,
            ["activityType"] = step.Type,
            ["portName"] = towards.Port,
            ["activityName"] = Json.Text(step.Activity["name"]) ?? step.Type,
        };
    }

    private static IResult Unknown(string id) => Api.Problems.NotFound($"There is no definition version '{id}'.");
}
