using System.Text;
using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Comparison;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer.History;

/// <summary>A script or scenario that differs.</summary>
public sealed record ChangedText(string Name, LineChange Change, IReadOnlyList<DifferentLine> Lines);

/// <summary>What differs between two versions. <paramref name="Document"/> is null where one of the two is no readable document.</summary>
public sealed record VersionDifference(DefinitionVersion Before, DefinitionVersion After, DocumentDifference? Document, IReadOnlyList<ChangedText> Texts)
{
    public bool IsEmpty => Document is { IsEmpty: true } && Texts.Count == 0;
}

/// <summary>Looks back at a playbook's versions.</summary>
public sealed class VersionDesk(DefinitionStore store)
{
    public async Task<VersionDifference> Compare(string beforeId, string afterId, CancellationToken cancellationToken = default)
    {
        var before = await Get(beforeId, cancellationToken);
        var after = await Get(afterId, cancellationToken);
        var old = WorkflowDocument.Read(Encoding.UTF8.GetBytes(before.Json), out _);
        var @new = WorkflowDocument.Read(Encoding.UTF8.GetBytes(after.Json), out _);
        return new(before, after, old is null || @new is null ? null : DocumentComparison.Compare(old, @new), Texts(await store.Texts(beforeId, cancellationToken), await store.Texts(afterId, cancellationToken)));
    }

    /// <summary>Makes the latest version like an older one: a draft, with its scripts and scenarios.</summary>
    /// <returns>What puts back what was there.</returns>
    public async Task<Func<Task>> Restore(string versionId, string by, CancellationToken cancellationToken = default)
    {
        var wanted = await Get(versionId, cancellationToken);
        var latest = await store.Get(wanted.DefinitionId, cancellationToken: cancellationToken) ?? throw new DefinitionException("The playbook is gone.");
        var before = new DefinitionContent(latest.Name, latest.Json, await store.Texts(latest.Id, cancellationToken), latest.ByteOrderMark);
        await store.SaveDraft(wanted.DefinitionId, new(wanted.Name, wanted.Json, await store.Texts(wanted.Id, cancellationToken), wanted.ByteOrderMark), by, $"restored from version {wanted.Version}", cancellationToken: cancellationToken);
        return () => store.SaveDraft(wanted.DefinitionId, before, by, "undone");
    }

    private async Task<DefinitionVersion> Get(string versionId, CancellationToken cancellationToken) =>
        await store.GetVersion(versionId, cancellationToken) ?? throw new DefinitionException("That version is gone: a newer draft took its place. Look at the list again.");

    private static List<ChangedText> Texts(IReadOnlyList<ContentText> before, IReadOnlyList<ContentText> after)
    {
        var old = before.ToDictionary(text => Name(text), text => text.Text, StringComparer.Ordinal);
        var @new = after.ToDictionary(text => Name(text), text => text.Text, StringComparer.Ordinal);
        return [.. old.Keys.Union(@new.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => old.GetValueOrDefault(name) != @new.GetValueOrDefault(name))
            .Select(name => new ChangedText(
                name,
                !old.ContainsKey(name) ? LineChange.Added : !@new.ContainsKey(name) ? LineChange.Removed : LineChange.Same,
                LineDifference.Compare(old.GetValueOrDefault(name, ""), @new.GetValueOrDefault(name, ""))))];
    }

    private static string Name(ContentText text) => $"{(text.Kind == DefinitionTextKind.Script ? "Script" : "Scenario")} {text.Name}";
}
