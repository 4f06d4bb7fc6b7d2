using Microsoft.EntityFrameworkCore;

namespace Playbook.Storage.Crm;

/// <summary>How a list may be sorted.</summary>
/// <param name="Key">The column as an index has it.</param>
/// <param name="Collation">As the index compares; empty for bytes.</param>
internal sealed record ListOrder(string Key, string Collation = "");

#pragma warning disable EF1002 // The SQL is put together from our own constants; whatever people wrote is a parameter.

/// <summary>Reads a page of a long list by its index: first which rows, then what they are.</summary>
internal static class RecordList
{
    public const int MostIds = 10_000;

    /// <param name="table">The table with its alias, such as <c>Contacts c</c>.</param>
    /// <param name="conditions">Which rows.</param>
    /// <param name="order">In which order.</param>
    /// <param name="descending">From the end.</param>
    /// <param name="place">Where the page begins, as <see cref="ListPage{T}"/> told it.</param>
    /// <param name="select">What a row is; <c>p.Id</c> and <c>p.SortKey</c> are those of the page.</param>
    public static async Task<ListPage<T>> Page<T>(
        PlaybookDb database, string table, ListConditions conditions, ListOrder order, bool descending, string? place, string select, Func<T, (object Key, string Id)> placeOf, CancellationToken cancellationToken)
        where T : class
    {
        var alias = table[(table.LastIndexOf(' ') + 1)..];
        var total = (await database.Database.SqlQueryRaw<long>($"SELECT count(*) AS Value FROM {table} {conditions.Where}", conditions.Values).ToListAsync(cancellationToken))[0];
        var from = ListPlace.Read(place);
        var backwards = from?.Backwards ?? false;
        var down = descending != backwards;
        if (from is not null)
        {
            var sign = down ? "<" : ">";
            var (key, id) = (conditions.Hold(from.Value!), conditions.Hold(from.Id));
            conditions.Add($"({order.Key} {order.Collation} {sign} {key} OR ({order.Key} {order.Collation} = {key} AND {alias}.Id {sign} {id}))");
            // Said once more by itself, so that the index is entered there.
            conditions.Add($"{order.Key} {order.Collation} {sign}= {key}");
        }

        var direction = down ? "DESC" : "ASC";
        var page = $"SELECT {alias}.Id AS Id, {order.Key} AS SortKey FROM {table} {conditions.Where} ORDER BY {order.Key} {order.Collation} {direction}, {alias}.Id {direction} LIMIT {ListPage<T>.Size + 1}";
        var sql = $"WITH p AS MATERIALIZED ({page}) {select} ORDER BY p.SortKey {order.Collation} {direction}, p.Id {direction}";
        var rows = await database.Database.SqlQueryRaw<T>(sql, conditions.Values).ToListAsync(cancellationToken);
        var more = rows.Count > ListPage<T>.Size;
        if (more)
            rows.RemoveAt(rows.Count - 1);
        if (backwards)
            rows.Reverse();
        string? Place(T row, bool back) => placeOf(row) is var (key, id) ? new ListPlace(key, id, back).ToString() : null;
        return new(
            rows, total,
            rows.Count > 0 && (backwards ? more : from is not null) ? Place(rows[0], true) : null,
            rows.Count > 0 && (backwards || more) ? Place(rows[^1], false) : null);
    }

    public static Task<List<Guid>> Ids(PlaybookDb database, string table, ListConditions conditions, CancellationToken cancellationToken)
    {
        var alias = table[(table.LastIndexOf(' ') + 1)..];
        return database.Database.SqlQueryRaw<Guid>($"SELECT {alias}.Id AS Value FROM {table} {conditions.Where} ORDER BY {alias}.Id LIMIT {MostIds}", conditions.Values).ToListAsync(cancellationToken);
    }
}
