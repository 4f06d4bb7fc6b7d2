using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>
/// The node ids of a playbook's activities as its document gives them, since Studio asks by those; the path of ids where
/// the document gives none, or the same to several.
/// </summary>
internal sealed class NodeIds
{
    private const string UsualRun = "Workflow1";

    private readonly Dictionary<ActivityNode, string> _byNode = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    public NodeIds(PlaybookDefinition? definition)
    {
        Run = definition is null ? UsualRun : RunOf(definition.Root);
        if (definition is null)
            return;
        var twice = definition.Nodes.GroupBy(Given, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var node in definition.Nodes)
        {
            var given = Given(node);
            _byNode[node] = given.Length == 0 || twice.Contains(given) ? node.NodeId : given;
            _ids.Add(_byNode[node]);
            _paths.TryAdd(node.NodeId, _byNode[node]);
        }
    }

    /// <summary>The node id of the run as a whole, which Elsa counts as an activity.</summary>
    public string Run { get; }

    public string Of(ActivityNode? node, string activityId) => node is not null && _byNode.TryGetValue(node, out var id) ? id : $"{Run}:{activityId}";

    /// <summary>The node id that is meant, where somebody asks by the path of ids.</summary>
    public string Meant(string asked) => _ids.Contains(asked) ? asked : _paths.GetValueOrDefault(asked, asked);

    private static string Given(ActivityNode node) => node.Json["nodeId"] is JsonValue value && value.TryGetValue<string>(out var id) ? id : "";

    private static string RunOf(ActivityNode root)
    {
        var given = Given(root);
        return given.EndsWith(":" + root.Id, StringComparison.Ordinal) ? given[..^(root.Id.Length + 1)] : UsualRun;
    }
}
