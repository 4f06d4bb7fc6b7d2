using Playbook.Engine.Runs;

namespace Playbook.Storage.Runs;

/// <summary>Which runs to find, in more ways than <see cref="RunFilter"/>; what is null or empty does not matter.</summary>
public sealed record RunSearch
{
    /// <summary>Part of a run's name, id or correlation id, or of its playbook's id or version id; capital or small.</summary>
    public string? Term { get; init; }

    /// <summary>Part of the name.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<string> DefinitionIds { get; init; } = [];
    public string? DefinitionVersionId { get; init; }
    public string? CorrelationId { get; init; }
    public int? Version { get; init; }

    /// <summary>Whether there is an incident that nobody has resolved.</summary>
    public bool? WithIncidents { get; init; }

    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];
    public IReadOnlyList<RunSubStatus> SubStatuses { get; init; } = [];

    /// <summary>All of them must hold; at most <see cref="MostTimes"/>.</summary>
    public IReadOnlyList<RunTimeCondition> Times { get; init; } = [];

    public RunOrder Order { get; init; }
    public bool Ascending { get; init; }

    public const int MostTimes = 10;
}

/// <summary>What runs are listed by. Only <see cref="Created"/> has an order of its own in the database; the others sort all that match.</summary>
public enum RunOrder
{
    Created,
    Updated,
    Finished,
    Name,
}

public enum RunTime
{
    CreatedAt,
    UpdatedAt,
    FinishedAt,
}

public enum TimeComparison
{
    Is,
    IsNot,
    LessThan,
    GreaterThan,
    LessThanOrEqual,
    GreaterThanOrEqual,
}

/// <summary>Compares a time of a run with a span of time, such as a day; milliseconds since 1970, the end not included.</summary>
public sealed record RunTimeCondition(RunTime Time, TimeComparison Comparison, long From, long End);
