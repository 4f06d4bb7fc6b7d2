using System.Text;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Server.Definitions;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Descriptors;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Saving;

/// <summary>Stores what clients send, whole or not at all.</summary>
internal sealed class Saver(DefinitionStore store, DefinitionCache cache, Palettes palettes)
{
    private const int Attempts = 5;

    // What is wrong with the shape of a document can never run nor be drawn; anything else a draft may have.
    private static readonly HashSet<string> Refused =
        [DiagnosticCodes.NotJson, DiagnosticCodes.TooLarge, DiagnosticCodes.TooDeep, DiagnosticCodes.WrongShape, DiagnosticCodes.NoRoot, DiagnosticCodes.DuplicateId];

    /// <summary>Saves what a client sent as a draft.</summary>
    /// <param name="stamp">When the document that the client began from was changed last; null where it does not say.</param>
    /// <exception cref="DocumentException">It is no definition.</exception>
    /// <exception cref="DefinitionConflictException">Somebody else was faster.</exception>
    public async Task<DefinitionVersion> Save(JsonObject sent, DateTimeOffset? stamp, ElsaCaller caller, CancellationToken cancellationToken)
    {
        var palette = await palettes.Current(cancellationToken);
        var definitionId = DefinitionIds.Of(sent) ?? await DefinitionIds.New(store, Json.Text(sent["name"]), cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var latest = await store.Get(definitionId, VersionChoice.Latest, cancellationToken);
            // Who does not say what they began from began from what is there: only a change in this moment is in their way.
            var began = new DraftBase(stamp ?? latest?.DocumentAt, caller.Editor);
            var content = await Content(sent, definitionId, latest, palette, cancellationToken);
            try
            {
                return await store.SaveDraft(definitionId, content, caller.By, @base: began, cancellationToken: cancellationToken);
            }
            catch (DefinitionConflictException) when (stamp is null && attempt < Attempts)
            {
                // Take what has been saved meanwhile for the base.
            }
        }
    }

    /// <summary>Stores a whole document as it came, in place of the latest.</summary>
    public async Task<DefinitionVersion> Import(string definitionId, string name, string json, IReadOnlyList<ContentText>? texts, ElsaCaller caller, CancellationToken cancellationToken)
    {
        await Check(json, cancellationToken);
        return await store.SaveDraft(definitionId, new DefinitionContent(name, json, texts), caller.By, "imported", cancellationToken: cancellationToken);
    }

    /// <summary>The document as it is to be stored: what came, without what only stands for something on the way.</summary>
    public async Task<JsonObject> Clean(JsonObject sent, string definitionId, string name, CancellationToken cancellationToken) =>
        SentDocument.New(sent, definitionId, name, await palettes.Current(cancellationToken));

    private async Task<DefinitionContent> Content(JsonObject sent, string definitionId, DefinitionVersion? latest, Palette palette, CancellationToken cancellationToken)
    {
        var name = Json.Text(sent["name"])?.Trim();
        if (string.IsNullOrEmpty(name) && (latest is null || sent["name"] is not null))
            throw new DocumentException("A definition needs a name. Give it one, such as First call.");
        if (latest is null)
        {
            var made = StoredDocument.Write(SentDocument.New(sent, definitionId, name!, palette));
            await Check(made, cancellationToken);
            return new DefinitionContent(name!, made);
        }

        var before = WireDocument.Of(latest, palette);
        if (Json.Flag(before.Stored["isReadonly"]))
            throw new BadHttpRequestException($"\"{latest.Name}\" is read-only. Import it under another id to change it.", StatusCodes.Status403Forbidden);
        var changed = SentDocument.Changed(sent, before, palette);
        // Letter by letter as it was where nothing changed, so that looking at a playbook makes no draft of it.
        if (JsonNode.DeepEquals(changed, before.Stored))
            return new DefinitionContent(latest.Name, latest.Json, ByteOrderMark: latest.ByteOrderMark);
        var json = StoredDocument.Write(changed);
        await Check(json, cancellationToken);
        return new DefinitionContent(name ?? latest.Name, json, ByteOrderMark: latest.ByteOrderMark);
    }

    private async Task Check(string json, CancellationToken cancellationToken)
    {
        if (Encoding.UTF8.GetByteCount(json) > WorkflowDocument.MaxBytes)
            throw new BadHttpRequestException($"The definition is larger than {WorkflowDocument.MaxBytes / 1048576} MB. Split it into several playbooks.", StatusCodes.Status413PayloadTooLarge);
        var compiled = await cache.Compile(json, cancellationToken);
        var wrong = compiled.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error && Refused.Contains(diagnostic.Code)).Select(diagnostic => diagnostic.Message).ToList();
        if (wrong.Count > 0)
            throw new DocumentException(string.Join(" ", wrong.Take(5)));
    }
}
