using System.Text.Json;

namespace Playbook.Storage.Runs.Reading;

/// <summary>The conditions of a filter that are asked for. Left-out ones do not appear in the SQL, so that indexes serve.</summary>
internal sealed class Conditions
{
    private readonly List<string> _clauses = [];
    private readonly List<Action<Statement, int>> _values = [];

    internal int Count => _values.Count;

    internal string Where => _clauses.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _clauses);

    /// <summary>A condition without a value.</summary>
    internal Conditions Always(string clause)
    {
        _clauses.Add(clause);
        return this;
    }

    /// <summary><paramref name="clause"/> ends where its value belongs, such as <c>Role =</c>.</summary>
    internal Conditions With(string clause, string? value) => value is null ? this : Add(clause, (statement, index) => statement.Bind(index, value));

    internal Conditions With(string clause, long? value) => value is null ? this : Add(clause, (statement, index) => statement.Bind(index, value));

    /// <summary>Holds where <paramref name="column"/> contains <paramref name="part"/>, be it in capitals or not.</summary>
    internal Conditions Containing(string part, string column)
    {
        _clauses.Add(Like(part, [column]));
        return this;
    }

    /// <summary>Holds where one of <paramref name="columns"/> contains <paramref name="part"/>, or <paramref name="column"/> <paramref name="other"/>.</summary>
    internal Conditions ContainingEither(string part, IReadOnlyList<string> columns, string other, string column)
    {
        _clauses.Add(other.Length == 0 ? Like(part, columns) : $"({Like(part, columns)} OR {Like(other, [column])})");
        return this;
    }

    /// <summary>Holds before <paramref name="from"/> and from <paramref name="end"/> on.</summary>
    internal Conditions Outside(string column, long from, long end)
    {
        _values.Add((statement, index) => statement.Bind(index, from));
        _values.Add((statement, index) => statement.Bind(index, end));
        _clauses.Add($"({column} < ?{_values.Count - 1} OR {column} >= ?{_values.Count})");
        return this;
    }

    /// <summary>Holds where <paramref name="column"/> is one of <paramref name="values"/>; all where there are none.</summary>
    internal Conditions In(string column, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return this;
        if (values.Count == 1)
            return With($"{column} =", values[0]);
        var json = JsonSerializer.Serialize(values);
        _values.Add((statement, index) => statement.Bind(index, json));
        _clauses.Add($"{column} IN (SELECT value FROM json_each(?{_values.Count}))");
        return this;
    }

    internal Conditions With(Guid id)
    {
        _values.Add((statement, index) => statement.Bind(index, id));
        _clauses.Add($"Id = ?{_values.Count}");
        return this;
    }

    internal Statement Bind(Statement statement)
    {
        for (var i = 0; i < _values.Count; i++)
            _values[i](statement, i + 1);
        return statement;
    }

    private string Like(string part, IReadOnlyList<string> columns)
    {
        var pattern = $"%{part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        _values.Add((statement, index) => statement.Bind(index, pattern));
        return $"({string.Join(" OR ", columns.Select(column => $"{column} LIKE ?{_values.Count} ESCAPE '\\'"))})";
    }

    private Conditions Add(string clause, Action<Statement, int> bind)
    {
        _values.Add(bind);
        _clauses.Add($"{clause} ?{_values.Count}");
        return this;
    }
}
