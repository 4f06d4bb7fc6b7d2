using System.Buffers;
using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>One subject in one pinned version of one playbook, as it stands between two turns.</summary>
public sealed class RunState
{
    public required Guid Id { get; init; }
    public required string DefinitionId { get; init; }
    public required string DefinitionVersionId { get; init; }
    public required int DefinitionVersion { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public Guid? ParentRunId { get; init; }

    /// <summary>Where the end of this run is reported to: a <see cref="BookmarkKind.Run"/> bookmark of the parent.</summary>
    public string? ParentBookmarkId { get; init; }

    public RunStatus Status { get; set; }
    public RunSubStatus SubStatus { get; set; }
    public string? Name { get; set; }
    public string? CorrelationId { get; set; }
    public Subject Subject { get; set; } = Subject.None;
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>How many transitions were committed, this state's own included.</summary>
    public long Revision { get; set; }

    public List<RunBookmark> Bookmarks { get; init; } = [];

    /// <summary>When the earliest <see cref="BookmarkKind.Due"/> bookmark is due; null for none.</summary>
    public DateTimeOffset? NextDueAt
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var bookmark in Bookmarks)
                if (bookmark.DueAt is { } due && (next is null || due < next))
                    next = due;
            return next;
        }
    }

    /// <summary>Writes everything that <see cref="Read"/> needs.</summary>
    public void Write(IBufferWriter<byte> output) => throw new NotSupportedException("The codec comes with the engine.");

    public static RunState Read(ReadOnlySpan<byte> bytes) => throw new NotSupportedException("The codec comes with the engine.");
}
