using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Contacts;
using Playbook.Storage;

namespace Playbook.Server.Pages.Lists;

/// <summary>What people wrote down about a record.</summary>
public sealed class NoteShelf(IDbContextFactory<PlaybookDb> databases, TimeProvider clock)
{
    public const int LongestText = 4_000;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Note>> Of(Guid subjectId, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Notes.AsNoTracking().Where(note => note.SubjectId == subjectId).OrderByDescending(note => note.At).ToListAsync(cancellationToken);
    }

    public async Task<Note> Add(string kind, Guid subjectId, string text, string? by, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var note = new Note { Id = Guid.CreateVersion7(now), SubjectKind = kind, SubjectId = subjectId, Text = text, At = now, By = by };
        await Put(note, cancellationToken);
        return note;
    }

    /// <summary>Brings a note back that was taken away.</summary>
    public async Task Put(Note note, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Add(note);
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task Remove(Guid id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Notes.Where(note => note.Id == id).ExecuteDeleteAsync(cancellationToken);
    }
}
