using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>What one playbook adds to the palette.</summary>
/// <param name="Scripts">The names of its scripts, without language.</param>
/// <param name="Roles">The roles that it brings.</param>
/// <param name="Activities">Its versions that may be used as an activity.</param>
internal sealed record PlaybookParts(string DefinitionId, string Name, IReadOnlyList<string> Scripts, IReadOnlyList<string> Roles, IReadOnlyList<ActivityDescriptor> Activities)
{
    public static async Task<PlaybookParts> Read(DefinitionStore store, DefinitionVersion latest, CancellationToken cancellationToken)
    {
        var document = Parse(latest);
        var texts = await store.Texts(latest.Id, cancellationToken);
        // An activity in a drawing names its version, so every version that may stand in one is described.
        var versions = latest.Json.Contains("\"usableAsActivity\"", StringComparison.Ordinal) ? await store.Versions(latest.DefinitionId, cancellationToken) : [];
        return new PlaybookParts(
            latest.DefinitionId,
            latest.Name,
            [.. texts.Where(text => text.Kind == DefinitionTextKind.Script).Select(text => ScriptName(text.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. ((document["customProperties"] as JsonObject)?["playbook"] as JsonObject)?["roles"] is JsonArray roles ? roles.OfType<JsonValue>().Select(role => role.ToString()) : []],
            [.. versions.Where(version => version.IsFixed).Select(version => WorkflowActivities.Describe(version, Parse(version))).OfType<ActivityDescriptor>()]);
    }

    private static string ScriptName(string file) => ScriptNames.WithoutLanguage(file.EndsWith(".sbn", StringComparison.Ordinal) ? file[..^4] : file);

    private static JsonObject Parse(DefinitionVersion version)
    {
        try
        {
            return JsonNode.Parse(version.Json) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            // A draft may be anything; what is wrong with it is told where it is checked.
            return [];
        }
    }
}
