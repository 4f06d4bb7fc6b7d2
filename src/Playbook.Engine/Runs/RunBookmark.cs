using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>Something a run waits for, as stored.</summary>
/// <param name="Id">Unique over all runs: the run's id and a number, <c>{run:N}-{n}</c>. A task's id is its bookmark's.</param>
/// <param name="ActivityId">Whose it is.</param>
/// <param name="Execution">Which execution of that activity, numbered within the run.</param>
/// <param name="Name">Elsa's bookmark name, the activity's type.</param>
public sealed record RunBookmark(string Id, BookmarkKind Kind, string Key, string ActivityId, int Execution, string Name, DateTimeOffset? DueAt);
