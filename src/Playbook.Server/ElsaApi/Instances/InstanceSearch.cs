using Playbook.Engine.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.Instances;

/// <summary>Which part of a list is asked for, by page or by place.</summary>
internal readonly record struct ElsaPaging(long Skip, int Take)
{
    private const int Usual = 100;
    private const int Most = 1000;

    public static ElsaPaging Of(RequestValues values)
    {
        var (page, pageSize) = (values.Number("page", 0), values.Number("pageSize", 1));
        var (skip, take) = (values.Number("skip", 0), values.Number("take", 0));
        return pageSize is not null || page is not null
            ? new((long)(page ?? 0) * Math.Min(pageSize ?? Usual, Most), Math.Min(pageSize ?? Usual, Most))
            : new(skip ?? 0, Math.Min(take ?? Usual, Most));
    }
}

/// <summary>Elsa's words for finding runs.</summary>
internal static class InstanceSearch
{
    private const long DayInMilliseconds = 86_400_000;

    /// <summary>What it holds that cannot be understood is gathered in <paramref name="values"/>. Null where nothing can match.</summary>
    public static RunSearch? Of(RequestValues values)
    {
        var order = values.Choice<InstanceOrder>("orderBy") ?? InstanceOrder.Created;
        var direction = values.Choice<InstanceDirection>("orderDirection") ?? (order == InstanceOrder.Name ? InstanceDirection.Ascending : InstanceDirection.Descending);
        var search = new RunSearch
        {
            Term = values.Text("searchTerm"),
            Name = values.Text("name"),
            DefinitionIds = [.. new[] { values.Text("definitionId") ?? "" }.Where(id => id.Length > 0)],
            CorrelationId = values.Text("correlationId") is { Length: > 0 } correlationId ? correlationId : null,
            Version = values.Number("version", 0),
            WithIncidents = values.Flag("hasIncidents"),
            Statuses = values.Choices<RunStatus>("statuses"),
            SubStatuses = values.Choices<RunSubStatus>("subStatuses"),
            Times = Times(values),
            Order = order switch { InstanceOrder.Created => RunOrder.Created, InstanceOrder.Finished => RunOrder.Finished, InstanceOrder.Name => RunOrder.Name, _ => RunOrder.Updated },
            Ascending = direction == InstanceDirection.Ascending,
        };
        var (ids, status, subStatus) = (values.Texts("definitionIds") ?? [], values.Choice<RunStatus>("status"), values.Choice<RunSubStatus>("subStatus"));
        if (Both(search.DefinitionIds, ids) is not { } definitions || Both(search.Statuses, status is { } one ? [one] : []) is not { } statuses
            || Both(search.SubStatuses, subStatus is { } sub ? [sub] : []) is not { } subStatuses)
            return null;
        // No run of ours is a system's own.
        return values.Flag("isSystem") == true ? null : search with { DefinitionIds = definitions, Statuses = statuses, SubStatuses = subStatuses };
    }

    /// <summary>What is in both lists, an empty one meaning anything; null where they exclude each other.</summary>
    private static IReadOnlyList<T>? Both<T>(IReadOnlyList<T> one, IReadOnlyList<T> other) =>
        one.Count == 0 ? other : other.Count == 0 ? one : one.Intersect(other).ToList() is { Count: > 0 } both ? both : null;

    private static List<RunTimeCondition> Times(RequestValues values)
    {
        var times = new List<RunTimeCondition>();
        foreach (var filter in values.Each("timestampFilters"))
        {
            var (column, comparison, time) = (filter.Choice<RunTime>("column"), filter.Choice<TimeComparison>("operator") ?? TimeComparison.Is, filter.Time("timestamp"));
            if (column is null && string.IsNullOrEmpty(filter.Text("column")))
                values.Refuse("timestampFilters", $"A time filter needs a column: {string.Join(", ", Enum.GetNames<RunTime>())}.");
            else if (time is null)
                values.Refuse("timestampFilters", "A time filter needs a timestamp.");
            if (column is not { } which || time is not { } at)
                continue;
            // Midnight means the whole day, as Elsa has it.
            var from = at.ToUnixTimeMilliseconds();
            times.Add(new RunTimeCondition(which, comparison, from, from + (at.TimeOfDay == TimeSpan.Zero ? DayInMilliseconds : 1)));
        }

        if (times.Count > RunSearch.MostTimes)
            values.Refuse("timestampFilters", $"At most {RunSearch.MostTimes} time filters can be combined.");
        return times;
    }
}

/// <summary>What Elsa's server and its clients call the orders; two names for one of them.</summary>
internal enum InstanceOrder
{
    Created,
    UpdatedAt,
    Finished,
    Name,
    LastExecuted,
    UpdatedLast,
}

internal enum InstanceDirection
{
    Ascending,
    Descending,
}
