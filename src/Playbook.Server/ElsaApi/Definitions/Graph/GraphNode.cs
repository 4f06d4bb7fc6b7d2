using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Definitions.Documents;

namespace Playbook.Server.ElsaApi.Definitions.Graph;

/// <summary>One activity of a drawing, in its place.</summary>
internal sealed class GraphNode
{
    private GraphNode(JsonObject activity, string port, GraphNode? parent)
    {
        Activity = activity;
        Port = port;
        Parent = parent;
        Children = [.. Nesting.Children(activity).Select(child => new GraphNode(child.Activity, child.Port, this))];
    }

    public JsonObject Activity { get; }
    public string Port { get; }
    public GraphNode? Parent { get; }
    public IReadOnlyList<GraphNode> Children { get; }
    public string Id => Json.Text(Activity["id"]) ?? "";
    public string NodeId => Json.Text(Activity["nodeId"]) ?? Id;
    public string Type => Json.Text(Activity["type"]) ?? "";

    /// <summary>The whole of a definition, as Elsa sees it: an activity of its own that holds the root.</summary>
    public static GraphNode Workflow(JsonObject definition) => new(
        new JsonObject
        {
            ["id"] = "Workflow1", ["nodeId"] = "Workflow1", ["name"] = Json.Copy(definition["name"]), ["type"] = "Elsa.Workflow", ["version"] = Json.Copy(definition["version"]),
            ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject(), ["root"] = Json.Copy(definition["root"]),
        },
        "", null);

    public IEnumerable<GraphNode> All() => Children.SelectMany(child => child.All()).Prepend(this);

    /// <summary>The nearest first.</summary>
    public IEnumerable<GraphNode> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent)
            yield return node;
    }

    public JsonObject Write() => new() { ["nodeId"] = NodeId, ["port"] = Port, ["activity"] = Json.Copy(Activity) };
}
