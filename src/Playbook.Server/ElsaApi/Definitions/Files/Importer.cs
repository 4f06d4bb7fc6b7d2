using System.Text;
using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Definitions.Saving;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Files;

/// <summary>Takes whole documents in: what another Elsa exported, or what was exported here.</summary>
internal sealed class Importer(Saver saver, DefinitionStore store)
{
    /// <summary>Stores a document as the latest version of its definition, letter by letter where that can be.</summary>
    public async Task<DefinitionVersion> Import(byte[] utf8, ElsaCaller caller, CancellationToken cancellationToken, string? asId = null)
    {
        var sent = Bodies.Parse(utf8);
        var name = Json.Text(sent["name"])?.Trim();
        if (string.IsNullOrEmpty(name))
            throw new DocumentException("The definition has no name. Give it one: {\"name\": \"First call\", …}.");
        var named = DefinitionIds.Of(sent);
        var definitionId = asId ?? named ?? await DefinitionIds.New(store, name, cancellationToken);
        var json = named == definitionId && !IsTouched(sent)
            ? Encoding.UTF8.GetString(utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8.AsSpan(3) : utf8)
            : StoredDocument.Write(await saver.Clean(sent, definitionId, name, cancellationToken));
        return await saver.Import(definitionId, name, json, null, caller, cancellationToken);
    }

    // Links are for the way, and what stands for an activity of an unknown type gives it back.
    private static bool IsTouched(JsonObject sent) => sent.ContainsKey("links") || sent["root"] is JsonObject root && HasStandIn(root);

    private static bool HasStandIn(JsonObject activity) => MissingActivity.Is(activity) || Nesting.Children(activity).Any(child => HasStandIn(child.Activity));
}
