using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions;

/// <summary>Builds the tree of activities of one document, numbered in document order.</summary>
internal sealed class ActivityTreeBuilder(IReadOnlyDictionary<string, ActivityDescription> types, Func<JsonObject, WorkflowDocument?>? resolveWorkflow, List<Diagnostic> diagnostics)
{
    private const int MaxNesting = 100;

    /// <summary>With workflows used as activities, a small document can mean any number of them.</summary>
    private const int MaxActivities = 10_000;

    private readonly List<ActivityNode> _nodes = [];

    public IReadOnlyList<ActivityNode> Nodes => _nodes;

    public ActivityNode? Build(JsonObject json, ActivityNode? parent, string port, string path, string parentNodeId, IReadOnlyList<string> embedding)
    {
        var type = JsonRead.Text(json["type"]);
        if (string.IsNullOrEmpty(type))
        {
            diagnostics.Add(new(DiagnosticCodes.WrongShape, Severity.Error, path + ".type", JsonRead.Text(json["id"]), "This activity has no type."));
            return null;
        }

        var id = JsonRead.Text(json["id"]);
        if (string.IsNullOrEmpty(id))
            id = $"{type.Split('.')[^1]}{_nodes.Count}";
        var nodeId = $"{parentNodeId}:{id}";
        if (path.Length > MaxNesting * 40 || nodeId.Count(c => c == ':') > MaxNesting)
        {
            diagnostics.Add(new(DiagnosticCodes.TooDeep, Severity.Error, path, id, $"Activities are nested more than {MaxNesting} deep."));
            return null;
        }

        if (_nodes.Count == MaxActivities)
        {
            if (!diagnostics.Exists(d => d.Code == DiagnosticCodes.TooLarge))
                diagnostics.Add(new(DiagnosticCodes.TooLarge, Severity.Error, path, id, $"The definition has more than {MaxActivities:N0} activities, workflows used as activities included; split it."));
            return null;
        }

        var embedded = types.ContainsKey(type) ? null : Embed(json, embedding);
        var description = types.GetValueOrDefault(type) ?? (embedded is null ? null : Describe(type, embedded.Value.Interface));
        var custom = json["customProperties"] as JsonObject;
        var node = new ActivityNode
        {
            Index = _nodes.Count,
            Id = id,
            NodeId = nodeId,
            Type = type,
            Name = JsonRead.Text(json["name"]),
            Parent = parent,
            Path = path,
            Json = json,
            Description = description,
            Inputs = description is null ? [] : [.. description.Inputs.Select(input => InputReader.Read(input, json))],
            OutputVariables = OutputVariables(json, description),
            Variables = JsonRead.Variables(json["variables"]),
            CanStartWorkflow = JsonRead.Flag(custom?["canStartWorkflow"]),
            MergeMode = JsonRead.Text(custom?["mergeMode"]),
            Embedded = embedded?.Interface,
        };
        _nodes.Add(node);
        parent?.Children.Add(new ChildPort(port, node));
        if (embedded is { } workflow)
            Build(workflow.Root, node, "Root", path + ".<workflow>.root", nodeId, [.. embedding, workflow.Interface.DefinitionId]);
        else
            BuildChildren(node, embedding);
        return node;
    }

    private void BuildChildren(ActivityNode node, IReadOnlyList<string> embedding)
    {
        switch (node.Type)
        {
            case "Elsa.Flowchart":
                BuildList(node, embedding);
                node.Flow = FlowReader.Read(node, diagnostics);
                break;
            case "Elsa.Sequence" or "Elsa.Parallel":
                BuildList(node, embedding);
                break;
            case "Elsa.If":
                BuildPort(node, "then", embedding);
                BuildPort(node, "else", embedding);
                break;
            case "Elsa.For" or "Elsa.ForEach" or "Elsa.While" or "Elsa.ParallelForEach" or "Elsa.FlowNode":
                BuildPort(node, "body", embedding);
                break;
            case "Elsa.Workflow":
                BuildPort(node, "root", embedding);
                break;
            case "Elsa.Switch":
                BuildCases(node, "cases", (_, index) => $"case:{index}", embedding);
                BuildPort(node, "default", embedding);
                break;
            case "Elsa.SendHttpRequest":
                BuildCases(node, "expectedStatusCodes", (@case, _) => $"status:{JsonRead.Text(@case["statusCode"])}", embedding);
                BuildPort(node, "unmatchedStatusCode", embedding);
                BuildPort(node, "failedToConnect", embedding);
                BuildPort(node, "timeout", embedding);
                break;
            case "Elsa.BulkDispatchWorkflows":
                BuildPort(node, "childCompleted", embedding);
                BuildPort(node, "childFaulted", embedding);
                break;
        }
    }

    private void BuildCases(ActivityNode node, string property, Func<JsonObject, int, string> port, IReadOnlyList<string> embedding)
    {
        var index = 0;
        foreach (var @case in JsonRead.Objects(node.Json[property]))
        {
            if (@case["activity"] is JsonObject activity)
                Build(activity, node, port(@case, index), $"{node.Path}.{property}[{index}].activity", node.NodeId, embedding);
            index++;
        }
    }

    private void BuildPort(ActivityNode node, string port, IReadOnlyList<string> embedding)
    {
        if (node.Json[port] is JsonObject child)
            Build(child, node, port, $"{node.Path}.{port}", node.NodeId, embedding);
    }

    private void BuildList(ActivityNode node, IReadOnlyList<string> embedding)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        if (node.Json["activities"] is not (null or JsonArray))
            diagnostics.Add(new(DiagnosticCodes.WrongShape, Severity.Error, node.Path + ".activities", node.Id, "'activities' must be a list."));
        foreach (var item in node.Json["activities"] as JsonArray ?? [])
        {
            var path = $"{node.Path}.activities[{index++}]";
            if (item is not JsonObject activity)
            {
                diagnostics.Add(new(DiagnosticCodes.WrongShape, Severity.Error, path, node.Id, "An activity is a JSON object."));
                continue;
            }

            if (JsonRead.Text(activity["id"]) is { Length: > 0 } id && !ids.Add(id))
            {
                diagnostics.Add(new(DiagnosticCodes.DuplicateId, Severity.Error, path + ".id", id, $"Two activities have the id '{id}'; give each its own."));
                continue;
            }

            Build(activity, node, "", path, node.NodeId, embedding);
        }
    }

    private (WorkflowInterface Interface, JsonObject Root)? Embed(JsonObject json, IReadOnlyList<string> embedding)
    {
        if (resolveWorkflow?.Invoke(json) is not { } document || document.Json["root"] is not JsonObject root)
            return null;
        var declared = WorkflowInterface.Read(document.Json);
        return embedding.Contains(declared.DefinitionId) ? null : (declared, root);
    }

    private static ActivityDescription Describe(string type, WorkflowInterface definition) => new(type, "Workflows", definition.Name ?? type, "A workflow used as an activity.")
    {
        Inputs = [.. definition.Inputs.Select(i => new InputDescription(i.Name, i.IsArray ? i.TypeName + "[]" : i.TypeName))],
        Outputs = [.. definition.Outputs.Select(o => new Abstractions.OutputDescription(o.Name, o.IsArray ? o.TypeName + "[]" : o.TypeName))],
        Outcomes = definition.Outcomes.Count == 0 ? ["Done"] : definition.Outcomes,
    };

    private static Dictionary<string, string> OutputVariables(JsonObject json, ActivityDescription? description)
    {
        var bound = new Dictionary<string, string>();
        if (description is not null)
            foreach (var output in description.Outputs)
                if (json[JsonRead.CamelCase(output.Name)] is JsonObject binding && binding["memoryReference"] is JsonObject reference && JsonRead.Text(reference["id"]) is { Length: > 0 } id)
                    bound[output.Name] = id;
        return bound;
    }
}
