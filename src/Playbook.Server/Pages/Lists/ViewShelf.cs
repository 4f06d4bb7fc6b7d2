using Microsoft.EntityFrameworkCore;
using Playbook.Storage;
using Playbook.Storage.Crm;

namespace Playbook.Server.Pages.Lists;

/// <summary>The lists that people gave a name.</summary>
public sealed class ViewShelf(IDbContextFactory<PlaybookDb> databases, TimeProvider clock)
{
    public const int LongestName = 60;

    public async Task<IReadOnlyList<SavedView>> Of(string list, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.SavedViews.AsNoTracking().Where(view => view.List == list).OrderBy(view => view.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Under a name that is taken, the list shows from now on what this one shows.</summary>
    public async Task Keep(string list, string name, string query, string? by, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.SavedViews.Where(view => view.List == list && view.Name == name).ExecuteDeleteAsync(cancellationToken);
        database.Add(new SavedView { Id = Guid.CreateVersion7(clock.GetUtcNow()), List = list, Name = name, Query = query, By = by, CreatedAt = clock.GetUtcNow() });
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task Remove(Guid id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.SavedViews.Where(view => view.Id == id).ExecuteDeleteAsync(cancellationToken);
    }
}
