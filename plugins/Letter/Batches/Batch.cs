namespace Playbook.Letter.Batches;

/// <summary>Which letters go together. From the moment its file is there they are in this batch and in no other.</summary>
/// <param name="Id">The day and, where there are several, a number: <c>2026-03-02</c>, <c>2026-03-02-2</c>.</param>
/// <param name="Date">Stands on the letters.</param>
/// <param name="Letters">The names of the letters' files in the order in which they were accepted.</param>
internal sealed record Batch(string Id, DateOnly Date, DateTimeOffset ClosedAt, IReadOnlyList<string> Letters);

/// <summary>How many letters wait, and what the last batch was.</summary>
internal sealed record BookState(int Waiting, string? LastBatch);
