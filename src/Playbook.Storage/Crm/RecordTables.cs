using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Playbook.Sales.Contacts;

namespace Playbook.Storage.Crm;

// No foreign keys: a note stays where an import is undone, and erasing a person takes theirs by itself.
internal sealed class NoteTable : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> builder)
    {
        builder.ToTable("Notes");
        builder.Property(note => note.Id).ValueGeneratedNever();
        builder.HasIndex(note => new { note.SubjectId, note.At });
    }
}

internal sealed class SavedViewTable : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("SavedViews");
        builder.Property(view => view.Id).ValueGeneratedNever();
        builder.HasIndex(view => new { view.List, view.Name }).IsUnique();
    }
}
