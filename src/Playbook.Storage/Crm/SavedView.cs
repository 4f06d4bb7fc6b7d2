namespace Playbook.Storage.Crm;

/// <summary>A filtered and sorted list that somebody gave a name; everybody sees it.</summary>
public sealed record SavedView
{
    public required Guid Id { get; init; }

    /// <summary>The list's address, such as <c>/contacts</c>.</summary>
    public required string List { get; init; }

    public required string Name { get; init; }

    /// <summary>What stands behind the question mark in the list's address.</summary>
    public required string Query { get; init; }

    public string? By { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
