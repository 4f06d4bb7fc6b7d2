using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Server.Inbound;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Definitions;

/// <summary>Compiled versions by id. What was published once never changes, so it is kept for good; a draft is compiled each time.</summary>
public sealed class DefinitionCache
{
    private readonly ConcurrentDictionary<string, CompiledPlaybook> _versions = new(StringComparer.Ordinal);
    private readonly DefinitionStore store;
    private readonly ActivityCatalog catalog;

    private readonly OwnPlaybooks? own;

    public DefinitionCache(DefinitionStore store, ActivityCatalog catalog, OwnPlaybooks? own = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        this.store = store;
        this.catalog = catalog;
        this.own = own;
        // What a channel's step is may have changed with its plugin.
        catalog.Changed += _versions.Clear;
    }

    /// <summary>Throws <see cref="DefinitionException"/> where there is no such version or it no longer compiles.</summary>
    public async ValueTask<CompiledPlaybook> Version(string versionId, CancellationToken cancellationToken = default)
    {
        if (_versions.TryGetValue(versionId, out var known))
            return known;
        if (own?.Version(versionId) is { } ours)
            return ours;
        var version = await store.GetVersion(versionId, cancellationToken)
            ?? throw new DefinitionException($"There is no playbook version '{versionId}', though a run needs it. Restore the database from the latest backup.");
        return await Load(version, cancellationToken);
    }

    /// <summary>The published version; null where none is.</summary>
    public async ValueTask<CompiledPlaybook?> Published(string definitionId, CancellationToken cancellationToken = default)
    {
        var version = await store.Get(definitionId, VersionChoice.Published, cancellationToken);
        return version is null ? own?.Find(definitionId) : _versions.TryGetValue(version.Id, out var known) ? known : await Load(version, cancellationToken);
    }

    /// <summary>Compiles a document as the version it is to be; nothing is kept.</summary>
    public async ValueTask<CompileResult> Compile(string json, CancellationToken cancellationToken = default)
    {
        var others = json.Contains("workflowDefinition", StringComparison.Ordinal) ? await store.List(published: true, cancellationToken) : [];
        return new DefinitionCompiler(catalog.Descriptions, activity => Find(others, activity)).Compile(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Compiles a stored version, under the identity that it has here; nothing is kept.</summary>
    public ValueTask<CompileResult> Compile(DefinitionVersion version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        return Compile(WithIdentity(version), cancellationToken);
    }

    private async Task<CompiledPlaybook> Load(DefinitionVersion version, CancellationToken cancellationToken)
    {
        var result = await Compile(version, cancellationToken);
        if (result.Definition is not { } definition)
            throw new DefinitionException($"Version {version.Version} of '{version.DefinitionId}' cannot be run: {string.Join(" ", result.Diagnostics.Where(d => d.Severity == Severity.Error))}");
        var compiled = new CompiledPlaybook(definition, CompiledPlaybook.ScriptsIn(await store.Texts(version.Id, cancellationToken)));
        return version.IsFixed ? _versions.GetOrAdd(version.Id, compiled) : compiled;
    }

    // A document carries the identity that it had elsewhere; runs are pinned to the one that it has here.
    private static string WithIdentity(DefinitionVersion version)
    {
        if (WorkflowDocument.Read(Encoding.UTF8.GetBytes(version.Json), out _) is not { } document)
            return version.Json;
        document.Json["id"] = version.Id;
        document.Json["definitionId"] = version.DefinitionId;
        document.Json["version"] = version.Version;
        return document.Write();
    }

    private static WorkflowDocument? Find(IReadOnlyList<DefinitionVersion> others, JsonObject activity)
    {
        var id = Text(activity["workflowDefinitionId"]);
        var versionId = Text(activity["workflowDefinitionVersionId"]);
        var found = others.FirstOrDefault(version => version.DefinitionId == id || version.Id == versionId);
        return found is null ? null : WorkflowDocument.Read(Encoding.UTF8.GetBytes(WithIdentity(found)), out _);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
