using Playbook.Engine.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Definitions;

/// <summary>Takes in the playbooks of a folder at the start: what is new or changed is published, what is broken is told of and left out.</summary>
public sealed class PlaybookFolders(DefinitionStore store, DefinitionCache cache, ILogger<PlaybookFolders> log)
{
    public async Task<IReadOnlyList<FolderResult>> Import(string path, CancellationToken cancellationToken)
    {
        var results = new List<FolderResult>();
        foreach (var folder in Folders(path))
        {
            foreach (var result in await ImportOne(folder, cancellationToken))
            {
                if (result.Outcome == FolderOutcome.Refused)
                    log.LogError("The playbook {Playbook} was not taken in: {Cause}", result.DefinitionId, result.Cause);
                results.Add(result);
            }
        }

        return results;
    }

    private async Task<IReadOnlyList<FolderResult>> ImportOne(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var compiled = await cache.Compile(await File.ReadAllTextAsync(Path.Combine(folder, "playbook.json"), cancellationToken), cancellationToken);
            if (compiled.HasErrors)
                return [Refused(folder, string.Join(" ", compiled.Diagnostics.Where(d => d.Severity == Severity.Error)))];
            return await store.ImportFolder(folder, "playbooks folder", publish: true, cancellationToken: cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DefinitionException)
        {
            return [Refused(folder, fault.Message)];
        }
    }

    private static FolderResult Refused(string folder, string cause) => new(Path.GetFileName(folder), FolderOutcome.Refused, null, cause);

    private static IEnumerable<string> Folders(string path) => File.Exists(Path.Combine(path, "playbook.json"))
        ? [Path.GetFullPath(path)]
        : Directory.EnumerateDirectories(Path.GetFullPath(path)).Where(folder => File.Exists(Path.Combine(folder, "playbook.json"))).Order(StringComparer.Ordinal);
}
