using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Playbooks;

/// <summary>What can be done to a playbook as a whole.</summary>
public sealed class PlaybookDesk(DefinitionStore store, RunQueries runs)
{
    /// <summary>A new playbook, drawn like another one or empty.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Create(string name, string phase, string? likeId, string by, CancellationToken cancellationToken = default)
    {
        name = name.Trim();
        if (name.Length == 0)
            throw new DefinitionException("A playbook needs a name. Give it one, such as \"Win back old clients\".");
        var all = await store.List(cancellationToken: cancellationToken);
        if (all.FirstOrDefault(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)) is { } same)
            throw new DefinitionException($"There is a playbook \"{same.Name}\" already. Give the new one another name.");
        var id = PlaybookDocument.IdFor(name, [.. all.Select(other => other.DefinitionId)]);
        var content = likeId is null ? PlaybookDocument.Empty(id, name, phase) : PlaybookDocument.Copy(await Content(likeId, cancellationToken), likeId, id, name);
        await store.SaveDraft(id, content, by, likeId is null ? "new" : $"copy of {likeId}", cancellationToken: cancellationToken);
        return id;
    }

    /// <summary>A copy of the drawing, the scripts and the scenarios; runs and history stay with the original.</summary>
    public async Task<string> Duplicate(string id, string by, CancellationToken cancellationToken = default)
    {
        var names = (await store.List(cancellationToken: cancellationToken)).ToDictionary(version => version.DefinitionId, version => version.Name);
        var name = names.GetValueOrDefault(id) ?? throw new DefinitionException($"There is no playbook \"{id}\".");
        var copy = $"{name} (copy)";
        for (var number = 2; names.Values.Contains(copy, StringComparer.OrdinalIgnoreCase); number++)
            copy = $"{name} (copy {number})";
        return await Create(copy, "", id, by, cancellationToken);
    }

    /// <summary>Takes the published version back; the way back publishes it again.</summary>
    public Task<DefinitionVersion> Retract(string id, string by, CancellationToken cancellationToken = default) =>
        store.Retract(id, "retracted from the list", by, cancellationToken);

    /// <summary>Deletes a playbook that no run has ever used.</summary>
    /// <returns>What is needed to put it back.</returns>
    public async Task<DeletedPlaybook> Delete(string id, CancellationToken cancellationToken = default)
    {
        var name = (await store.Get(id, cancellationToken: cancellationToken))?.Name ?? throw new DefinitionException($"There is no playbook \"{id}\".");
        var count = runs.Count(new RunFilter { DefinitionId = id });
        if (count > 0)
            throw new DefinitionException($"\"{name}\" was not deleted: {count:N0} {(count == 1 ? "run has" : "runs have")} used it, and their history needs it. Retract it instead: then nothing new starts on it.");
        return await store.TakeOut(id, cancellationToken);
    }

    public Task PutBack(DeletedPlaybook deleted, CancellationToken cancellationToken = default) => store.PutBack(deleted, cancellationToken);

    public async Task<DefinitionContent> Content(string id, CancellationToken cancellationToken = default)
    {
        var latest = await store.Get(id, cancellationToken: cancellationToken) ?? throw new DefinitionException($"There is no playbook \"{id}\".");
        return new DefinitionContent(latest.Name, latest.Json, await store.Texts(latest.Id, cancellationToken), latest.ByteOrderMark);
    }
}
