namespace Playbook.Abstractions;

/// <summary>
/// Whom a run is about. <paramref name="Facts"/> holds what expressions and scripts may see, by name:
/// <c>contact</c>, <c>account</c>, <c>opportunity</c>, <c>rep</c>, each a dictionary of simple values.
/// </summary>
/// <param name="Kind"><c>contact</c> or <c>opportunity</c>; empty for none.</param>
/// <param name="Id">Its id; empty for none.</param>
/// <param name="Facts">The facts, by name.</param>
public sealed record Subject(string Kind, string Id, IReadOnlyDictionary<string, object?> Facts)
{
    /// <summary>Nobody.</summary>
    public static Subject None { get; } = new("", "", new Dictionary<string, object?>());
}
