namespace Playbook.Storage.Definitions;

/// <summary>What became of a playbook's folder.</summary>
public enum FolderOutcome
{
    /// <summary>A new definition.</summary>
    Created,

    /// <summary>The folder had changed; it is the latest version now.</summary>
    Updated,

    /// <summary>The folder is as it was imported last. What was edited here since stays.</summary>
    Unchanged,

    /// <summary>Nothing was stored, and <see cref="FolderResult.Cause"/> says why.</summary>
    Refused,
}

public sealed record FolderResult(string DefinitionId, FolderOutcome Outcome, int? Version = null, string? Cause = null);
