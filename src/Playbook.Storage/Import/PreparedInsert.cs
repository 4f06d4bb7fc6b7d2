using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Playbook.Storage.Import;

/// <summary>
/// Inserts many rows by one prepared command in the current transaction: several times faster than tracking each. Table,
/// columns and conversions are the model's.
/// </summary>
internal sealed class PreparedInsert : IAsyncDisposable
{
    private readonly DbCommand _command;
    private readonly List<IProperty> _properties;

    private PreparedInsert(DbCommand command, List<IProperty> properties)
    {
        _command = command;
        _properties = properties;
    }

    /// <summary>Into the columns of the named properties, in that order.</summary>
    public static PreparedInsert Into<T>(PlaybookDb database, params string[] properties)
    {
        var type = database.Model.FindEntityType(typeof(T))!;
        return Into(database, type, [.. properties.Select(name => type.FindProperty(name)!)]);
    }

    /// <summary>Into all columns of a record's table.</summary>
    public static PreparedInsert Into(PlaybookDb database, Type record)
    {
        var type = database.Model.FindEntityType(record)!;
        return Into(database, type, [.. type.GetProperties()]);
    }

    public Task Insert(object record, CancellationToken cancellationToken) =>
        Insert(cancellationToken, [.. _properties.Select(property => property.GetGetter().GetClrValue(record))]);

    public async Task Insert(CancellationToken cancellationToken, params object?[] values)
    {
        for (var at = 0; at < values.Length; at++)
            _command.Parameters[at].Value = values[at] is { } value && _properties[at].GetRelationalTypeMapping().Converter is { } converter
                ? converter.ConvertToProvider(value)
                : values[at] ?? DBNull.Value;
        await _command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private static PreparedInsert Into(PlaybookDb database, IEntityType type, List<IProperty> properties)
    {
        var command = database.Database.GetDbConnection().CreateCommand();
        command.Transaction = database.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var property in properties)
            command.Parameters.Add(property.GetRelationalTypeMapping().CreateParameter(command, "@p" + command.Parameters.Count, null, nullable: true));
        var columns = properties.Select(property => $"\"{property.GetColumnName()}\"");
        command.CommandText = $"INSERT INTO \"{type.GetTableName()}\" ({string.Join(", ", columns)}) "
            + $"VALUES ({string.Join(", ", properties.Select((_, at) => "@p" + at))})";
        return new(command, properties);
    }
}
