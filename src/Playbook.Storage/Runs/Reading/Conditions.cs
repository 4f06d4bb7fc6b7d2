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

    internal Statement Bind(Statement statement)
    {
        for (var i = 0; i < _values.Count; i++)
            _values[i](statement, i + 1);
        return statement;
    }

    private Conditions Add(string clause, Action<Statement, int> bind)
    {
        _values.Add(bind);
        _clauses.Add($"{clause} ?{_values.Count}");
        return this;
    }
}
