namespace Playbook.Storage.Queue;

/// <summary>An open task with just as much as its place in a queue needs.</summary>
/// <param name="IsBaton">Whether it is a hand-over that somebody must accept.</param>
/// <param name="Value">What the sale is worth, in the company's currency; 0 where it is about no sale.</param>
public sealed record OpenTask(
    string Id, Guid RunId, string DefinitionId, string Role, string Title, string? Owner, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? SnoozedUntil,
    string? Channel, bool IsBaton, string SubjectKind, string SubjectId, Guid? ContactId, string Who, string? Company, string? TimeZone, string? Country, decimal Value);
