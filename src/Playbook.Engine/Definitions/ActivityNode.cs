using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions;

/// <summary>One activity of a compiled definition.</summary>
public sealed class ActivityNode
{
    /// <summary>Position in document order; the root is 0. Stable for a given document.</summary>
    public required int Index { get; init; }

    public required string Id { get; init; }

    /// <summary>The path of ids from the root.</summary>
    public required string NodeId { get; init; }

    public required string Type { get; init; }

    /// <summary>The type that history names: Elsa's stand-in where the type is unknown.</summary>
    public string EventType => Description is null ? "Elsa.NotFoundActivity" : Type;

    public string? Name { get; init; }
    public ActivityNode? Parent { get; init; }

    /// <summary>Where it stands in the document, as a JSON path.</summary>
    public required string Path { get; init; }

    public required JsonObject Json { get; init; }

    /// <summary>Null where the type is unknown.</summary>
    public ActivityDescription? Description { get; init; }

    /// <summary>In the order of the description.</summary>
    public IReadOnlyList<InputBinding> Inputs { get; init; } = [];

    /// <summary>Outputs that are bound to a variable, by output name: the variable's id.</summary>
    public IReadOnlyDictionary<string, string> OutputVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables declared by a container.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; init; } = [];

    public List<ChildPort> Children { get; } = [];

    /// <summary>The graph of a flowchart; null for every other activity.</summary>
    public FlowGraph? Flow { get; internal set; }

    public bool CanStartWorkflow { get; init; }

    /// <summary>The merge mode of token flow; null for the default.</summary>
    public string? MergeMode { get; init; }

    /// <summary>What a workflow that is used as this activity declares; null for ordinary activities.</summary>
    public WorkflowInterface? Embedded { get; init; }

    public ActivityNode? Child(string port)
    {
        foreach (var child in Children)
            if (child.Port == port)
                return child.Node;
        return null;
    }
}

/// <summary>A child activity and the port of its parent that holds it.</summary>
public readonly record struct ChildPort(string Port, ActivityNode Node);

/// <summary>The value of one input as the document gives it.</summary>
/// <param name="Input">Its description.</param>
/// <param name="Expression">Null where the input is unset.</param>
/// <param name="Raw">The property as it stands in the document; null where unset.</param>
public sealed record InputBinding(InputDescription Input, Expression? Expression, JsonNode? Raw)
{
    /// <summary>Whether <see cref="Constant"/> holds the converted value, so that nothing is left to evaluate.</summary>
    public bool IsConstant { get; init; }

    public object? Constant { get; init; }
}
