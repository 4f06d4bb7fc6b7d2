namespace Playbook.Storage.Definitions;

/// <summary>How a playbook in the database and its folder on disk stand to one another.</summary>
public enum FolderState
{
    Same,

    /// <summary>There is no folder for it.</summary>
    OnlyHere,

    /// <summary>It was never taken in.</summary>
    OnlyOnDisk,

    /// <summary>The folder has changed since it was taken in last; nothing was edited here.</summary>
    ChangedOnDisk,

    /// <summary>It was edited here; the folder is as it was taken in last.</summary>
    ChangedHere,

    /// <summary>Both have changed: somebody has to choose.</summary>
    ChangedBoth,

    /// <summary>The folder cannot be read; <see cref="FolderComparison.Cause"/> says why.</summary>
    Unreadable,
}

public sealed record FolderComparison(string DefinitionId, FolderState State, string? Cause = null);

/// <summary>Compares the playbooks in the database with a folder of playbooks.</summary>
public static class FolderComparing
{
    /// <summary>All playbooks of either side, by id.</summary>
    public static async Task<IReadOnlyList<FolderComparison>> CompareFolder(this DefinitionStore store, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var here = (await store.List(cancellationToken: cancellationToken)).ToDictionary(version => version.DefinitionId);
        var compared = new List<FolderComparison>();
        foreach (var folder in DefinitionFolder.Find(path))
        {
            var id = DefinitionFolder.IdOf(folder);
            here.Remove(id, out var latest);
            compared.Add(await Compare(id, folder, latest, cancellationToken));
        }

        compared.AddRange(here.Keys.Select(id => new FolderComparison(id, FolderState.OnlyHere)));
        return [.. compared.OrderBy(one => one.DefinitionId, StringComparer.Ordinal)];
    }

    private static async Task<FolderComparison> Compare(string id, string folder, DefinitionVersion? latest, CancellationToken cancellationToken)
    {
        try
        {
            var content = await DefinitionFolder.Read(folder, cancellationToken);
            var hash = DefinitionContent.Hash(content.Json, content.ByteOrderMark, content.Texts!);
            return new(id, StateOf(latest, hash));
        }
        catch (DefinitionException fault)
        {
            return new(id, FolderState.Unreadable, fault.Message);
        }
    }

    private static FolderState StateOf(DefinitionVersion? latest, string hash)
    {
        if (latest is null)
            return FolderState.OnlyOnDisk;
        if (latest.ContentHash == hash)
            return FolderState.Same;
        var isChangedHere = latest.ContentHash != latest.SourceHash;
        return latest.SourceHash == hash ? FolderState.ChangedHere : isChangedHere ? FolderState.ChangedBoth : FolderState.ChangedOnDisk;
    }
}
