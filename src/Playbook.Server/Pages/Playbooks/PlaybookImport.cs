using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Checks;
using Playbook.Server.Definitions;
using Playbook.Server.Plugins;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Playbooks;

/// <summary>What is to become of a playbook that somebody brings.</summary>
public enum ImportChoice
{
    /// <summary>Leave it out.</summary>
    Skip,

    /// <summary>A playbook of its own.</summary>
    New,

    /// <summary>The latest version of the playbook that has its id.</summary>
    Draft,
}

/// <summary>One playbook of an import, before anything is stored.</summary>
/// <param name="Brought">What was brought.</param>
/// <param name="Here">The playbook with the same id; null where it is new.</param>
/// <param name="IsSame">It is here already, letter by letter.</param>
public sealed record ImportItem(BroughtPlaybook Brought, DefinitionVersion? Here, bool IsSame, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool IsReadable => Brought.Content is not null;
    public int Errors => Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
    public int Warnings => Diagnostics.Count - Errors;

    /// <summary>Never over somebody's draft without being asked.</summary>
    public ImportChoice Suggested => !IsReadable || IsSame ? ImportChoice.Skip : Here is null || Here.IsEditedDraft ? ImportChoice.New : ImportChoice.Draft;
}

/// <summary>Takes in playbooks that a person brings: first it says what will happen, then it does it.</summary>
public sealed class PlaybookImport(DefinitionStore store, DefinitionCache cache, ActivityCatalog catalog, ChannelRegistry channels)
{
    public async Task<IReadOnlyList<ImportItem>> Preview(IReadOnlyList<BroughtFile> files, CancellationToken cancellationToken = default)
    {
        var brought = PlaybookPackage.Read(files);
        var playbooks = (await store.Ids(cancellationToken)).Concat(brought.Select(one => one.Id)).ToHashSet(StringComparer.Ordinal);
        var items = new List<ImportItem>();
        foreach (var one in brought)
            items.Add(await Look(one, playbooks, cancellationToken));
        return items;
    }

    /// <summary>Stores one as a draft.</summary>
    /// <returns>Its id, and what puts everything back as it was.</returns>
    public async Task<(string Id, Func<Task> Undo)> Take(ImportItem item, ImportChoice choice, string by, CancellationToken cancellationToken = default)
    {
        var content = item.Brought.Content ?? throw new DefinitionException(item.Brought.Problem!);
        if (choice == ImportChoice.Draft && item.Here is { } here)
        {
            var before = new DefinitionContent(here.Name, here.Json, await store.Texts(here.Id, cancellationToken), here.ByteOrderMark);
            // What came without scripts keeps those that are here.
            var texts = content.Texts is { Count: > 0 } ? content.Texts : null;
            await store.SaveDraft(here.DefinitionId, content with { Texts = texts }, by, $"imported from {item.Brought.From}", cancellationToken: cancellationToken);
            return (here.DefinitionId, () => store.SaveDraft(here.DefinitionId, before, by, "import undone"));
        }

        var taken = (await store.List(cancellationToken: cancellationToken)).ToDictionary(version => version.DefinitionId, version => version.Name);
        var id = taken.ContainsKey(item.Brought.Id) || item.Brought.Id.Length == 0 ? PlaybookDocument.IdFor(content.Name, [.. taken.Keys]) : item.Brought.Id;
        if (id != item.Brought.Id)
        {
            var name = content.Name;
            for (var number = 2; taken.Values.Contains(name, StringComparer.OrdinalIgnoreCase); number++)
                name = $"{content.Name} ({number})";
            content = PlaybookDocument.Copy(content, item.Brought.Id, id, name);
        }

        await store.SaveDraft(id, content, by, $"imported from {item.Brought.From}", cancellationToken: cancellationToken);
        return (id, () => store.TakeOut(id));
    }

    private async Task<ImportItem> Look(BroughtPlaybook one, HashSet<string> playbooks, CancellationToken cancellationToken)
    {
        if (one.Content is not { } content)
            return new(one, null, false, []);
        var here = await store.Get(one.Id, cancellationToken: cancellationToken);
        var texts = content.Texts is { Count: > 0 } own ? own : here is null ? [] : await store.Texts(here.Id, cancellationToken);
        var compiled = await cache.Compile(content.Json, cancellationToken);
        var diagnostics = DefinitionChecker.Check(compiled, catalog.Descriptions, PlaybookNames.Known(compiled.Definition, CompiledPlaybook.ScriptsIn(texts), playbooks, channels.Ids));
        var isSame = here is not null && here.ContentHash == DefinitionContent.Hash(content.Json, content.ByteOrderMark, texts);
        return new(one, here, isSame, diagnostics);
    }
}
