namespace Playbook.Storage.Definitions;

/// <summary>What a writer of a document began from, so that two writers cannot silently overwrite one another.</summary>
/// <param name="DocumentAt">The <see cref="DefinitionVersion.DocumentAt"/> of what was read; null where the writer does not say.</param>
/// <param name="Editor">Which open editor it is: one that saves faster than its answers come back is in no conflict with itself.</param>
public sealed record DraftBase(DateTimeOffset? DocumentAt, string? Editor = null)
{
    /// <summary>The smallest step that clients which keep times in microseconds still tell apart.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMicroseconds(1);

    internal void Check(DefinitionVersion latest)
    {
        if (DocumentAt is { } began && began.UtcTicks != latest.DocumentAt.UtcTicks && (Editor is null || Editor != latest.Editor))
            throw new DefinitionConflictException(
                $"\"{latest.Name}\" was saved by {latest.CreatedBy} at {latest.CreatedAt:yyyy-MM-dd HH:mm} UTC, after you opened it. Nothing was overwritten: open it again and repeat your change.", latest);
    }

    /// <summary>A time later than the one before, even where the clock stands still.</summary>
    internal static DateTimeOffset Next(DateTimeOffset? before, DateTimeOffset now)
    {
        var whole = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Step.Ticks), TimeSpan.Zero);
        return before is { } last && whole <= last ? last + Step : whole;
    }
}

/// <summary>Where a draft comes from.</summary>
/// <param name="SourceHash">The hash of the folder on disk that it comes from.</param>
/// <param name="AsNew">Make a new version even of a draft.</param>
internal sealed record DraftOrigin(string By, string? Reason, DraftBase? Base = null, string? SourceHash = null, bool AsNew = false);

/// <summary>Somebody else was faster; nothing was overwritten.</summary>
public sealed class DefinitionConflictException(string message, DefinitionVersion current) : Exception(message)
{
    /// <summary>What is stored now.</summary>
    public DefinitionVersion Current { get; } = current;
}
