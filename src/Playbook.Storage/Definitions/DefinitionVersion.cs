using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Playbook.Storage.Definitions;

/// <summary>One version of a playbook, as Elsa counts them. Once it was published its content never changes: runs are pinned to it.</summary>
public sealed record DefinitionVersion
{
    /// <summary>The version's own id, Elsa's <c>id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What all versions share, Elsa's <c>definitionId</c>; on disk the folder's name.</summary>
    public required string DefinitionId { get; init; }

    public required int Version { get; init; }
    public required string Name { get; init; }
    public bool IsLatest { get; init; }
    public bool IsPublished { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>Why it was made.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// When the document was changed last; later with every change, so that it tells what an editor began from. Scripts
    /// and scenarios do not count.
    /// </summary>
    public DateTimeOffset DocumentAt { get; init; }

    /// <summary>The open editor that wrote the document last; null where it was no editor.</summary>
    public string? Editor { get; init; }

    /// <summary>When a run was started on it though it was no more than a draft; from then on it stays as it is.</summary>
    public DateTimeOffset? PinnedAt { get; init; }

    /// <summary>When it was published last, even if retracted since.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public string? PublishedBy { get; init; }
    public string? PublishReason { get; init; }

    /// <summary>SHA-256 over the JSON and all texts.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The <see cref="ContentHash"/> that the folder on disk had when it was last imported; null if it never was.</summary>
    public string? SourceHash { get; init; }

    /// <summary>The document as it came, letter by letter.</summary>
    public required string Json { get; init; }

    /// <summary>The file began with a byte order mark, which is kept for the way back and is no part of the JSON.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>Whether runs may be pinned to it, so that a change makes the next version.</summary>
    public bool IsFixed => PublishedAt is not null || PinnedAt is not null;

    /// <summary>A draft that was changed here since it came from disk.</summary>
    public bool IsEditedDraft => PublishedAt is null && ContentHash != SourceHash;
}

/// <summary>A script or a scenario that travels with a version.</summary>
public sealed record DefinitionText
{
    public required string VersionId { get; init; }
    public required DefinitionTextKind Kind { get; init; }

    /// <summary>The file's name below its folder, with "/" on every system: <c>first-call.en.sbn</c>.</summary>
    public required string Name { get; init; }

    public required string Text { get; init; }
    public bool ByteOrderMark { get; init; }
}

public enum DefinitionTextKind
{
    Script,
    Scenario,
}

internal sealed class DefinitionVersionTable : IEntityTypeConfiguration<DefinitionVersion>
{
    public void Configure(EntityTypeBuilder<DefinitionVersion> builder)
    {
        builder.ToTable("DefinitionVersions");
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.HasIndex(version => new { version.DefinitionId, version.Version }).IsUnique();
        // At most one of each. The bare column is a condition to SQLite and PostgreSQL alike.
        builder.HasIndex(version => version.DefinitionId, "IX_DefinitionVersions_Latest").IsUnique().HasFilter("\"IsLatest\"");
        builder.HasIndex(version => version.DefinitionId, "IX_DefinitionVersions_Published").IsUnique().HasFilter("\"IsPublished\"");
        builder.Ignore(version => version.IsFixed);
        builder.Ignore(version => version.IsEditedDraft);
    }
}

internal sealed class DefinitionTextTable : IEntityTypeConfiguration<DefinitionText>
{
    public void Configure(EntityTypeBuilder<DefinitionText> builder)
    {
        builder.ToTable("DefinitionTexts");
        builder.HasKey(text => new { text.VersionId, text.Kind, text.Name });
        builder.HasOne<DefinitionVersion>().WithMany().HasForeignKey(text => text.VersionId).OnDelete(DeleteBehavior.Cascade);
    }
}
