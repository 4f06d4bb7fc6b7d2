using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Graph;

/// <summary>Which playbooks use a playbook: as an activity, or by starting it.</summary>
internal sealed class Consumers(DefinitionStore store)
{
    /// <summary>The latest versions of those that use it, directly or through others; without itself.</summary>
    public async Task<IReadOnlyList<DefinitionVersion>> Of(string definitionId, CancellationToken cancellationToken)
    {
        var all = (await store.List(cancellationToken: cancellationToken)).Select(version => (Version: version, Uses: Uses(version))).ToList();
        var found = new List<DefinitionVersion>();
        var next = new Queue<string>([definitionId]);
        while (next.TryDequeue(out var used))
            foreach (var (version, uses) in all.Where(one => one.Uses.Contains(used) && one.Version.DefinitionId != definitionId && !found.Contains(one.Version)).ToList())
            {
                found.Add(version);
                next.Enqueue(version.DefinitionId);
            }

        return found;
    }

    private static HashSet<string> Uses(DefinitionVersion version)
    {
        var uses = new HashSet<string>(StringComparer.Ordinal);
        if (StoredDocument.Read(version)["root"] is JsonObject root)
            Collect(root, uses);
        return uses;
    }

    private static void Collect(JsonObject activity, HashSet<string> uses)
    {
        var input = Json.Text(activity["type"]) == "Playbook.StartPlaybook" ? "playbook" : "workflowDefinitionId";
        if (Json.Text(activity[input]) is { } plain)
            uses.Add(plain);
        else if ((activity[input] as JsonObject)?["expression"] is JsonObject expression && Json.Text(expression["type"]) == "Literal" && Json.Text(expression["value"]) is { } named)
            uses.Add(named);
        foreach (var (_, child) in Nesting.Children(activity))
            Collect(child, uses);
    }
}
