using System.Text.Json.Nodes;

namespace Playbook.Engine.Definitions;

/// <summary>An immutable, validated graph compiled from an Elsa document, which it keeps.</summary>
public sealed class PlaybookDefinition
{
    public required string DefinitionId { get; init; }

    /// <summary>The id of this version.</summary>
    public required string VersionId { get; init; }

    public required int Version { get; init; }
    public required string? Name { get; init; }

    /// <summary>SHA-256 of the document without its identity and dates, in hexadecimal.</summary>
    public required string ContentHash { get; init; }

    public required WorkflowDocument Document { get; init; }
    public required ActivityNode Root { get; init; }

    /// <summary>All activities in document order, those of definitions used as activities included.</summary>
    public required IReadOnlyList<ActivityNode> Nodes { get; init; }

    public required IReadOnlyList<VariableDefinition> Variables { get; init; }
    public required IReadOnlyList<InputDefinition> Inputs { get; init; }
    public required IReadOnlyList<OutputDefinition> Outputs { get; init; }
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Whether a fault ends the run (Elsa's default) or leaves the other branches to go on.</summary>
    public bool ContinueWithIncidents { get; init; }

    /// <summary>Token flow instead of counters, by <c>customProperties.flowchartExecutionMode</c>.</summary>
    public bool TokenFlow { get; init; }

    /// <summary>Whether expressions ask for results of earlier activities, so that runs must keep them.</summary>
    public bool KeepsResults { get; init; }

    /// <summary>What Elsa has no place for: phase, roles, scripts.</summary>
    public JsonObject? PlaybookProperties => Document.Json["customProperties"] is JsonObject custom && custom["playbook"] is JsonObject playbook ? playbook : null;

    public ActivityNode? Find(string activityId)
    {
        foreach (var node in Nodes)
            if (node.Id == activityId)
                return node;
        return null;
    }
}
