using System.Collections.Concurrent;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Checks;
using Playbook.Server.Plugins;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Definitions;

/// <summary>What is to be said of a version before it runs.</summary>
/// <param name="Playbook">It, ready to run; null where it does not compile.</param>
public sealed record PlaybookReport(DefinitionVersion Version, IReadOnlyList<Diagnostic> Diagnostics, CompiledPlaybook? Playbook)
{
    public IEnumerable<Diagnostic> Errors => Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error);
    public IEnumerable<Diagnostic> Warnings => Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Warning);
    public bool HasErrors => Errors.Any();
}

/// <summary>Looks stored versions over: the definition, its scripts, and the names that it uses.</summary>
public sealed class PlaybookChecks(DefinitionStore store, DefinitionCache cache, ActivityCatalog catalog, ChannelRegistry channels)
{
    private readonly ConcurrentDictionary<string, (string Of, PlaybookReport Report)> _reports = new(StringComparer.Ordinal);

    /// <summary>The report on the latest version; null where there is no such playbook.</summary>
    public async ValueTask<PlaybookReport?> Latest(string definitionId, CancellationToken cancellationToken = default) =>
        await store.Get(definitionId, VersionChoice.Latest, cancellationToken) is { } version ? await Check(version, cancellationToken) : null;

    /// <summary>The report on a version; kept until it or the playbooks around it change.</summary>
    public async ValueTask<PlaybookReport> Check(DefinitionVersion version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        var playbooks = (await store.Ids(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var of = $"{version.ContentHash} {catalog.Revision} {string.Join(' ', playbooks.Order(StringComparer.Ordinal))}";
        // A version's checks depend on the playbooks that it embeds too; those are looked up anew.
        var isAlone = !version.Json.Contains("workflowDefinition", StringComparison.Ordinal);
        if (isAlone && _reports.TryGetValue(version.Id, out var known) && known.Of == of)
            return known.Report with { Version = version };
        var compiled = await cache.Compile(version, cancellationToken);
        var scripts = CompiledPlaybook.ScriptsIn(await store.Texts(version.Id, cancellationToken));
        var diagnostics = DefinitionChecker.Check(compiled, catalog.Descriptions, PlaybookNames.Known(compiled.Definition, scripts, playbooks, channels.Ids));
        var report = new PlaybookReport(version, diagnostics, compiled.Definition is { } definition ? new CompiledPlaybook(definition, scripts) : null);
        // Only what editors and lists ask for again and again; old versions that somebody compared go.
        if (_reports.Count > 1000)
            _reports.Clear();
        _reports[version.Id] = (of, report);
        return report;
    }
}
