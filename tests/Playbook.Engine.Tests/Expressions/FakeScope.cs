using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

/// <summary>A scope made of dictionaries; variables are kept converted to their declared types, as a run keeps them.</summary>
internal sealed class FakeScope : IExpressionScope
{
    private readonly Dictionary<string, (string Type, object? Value)> variables = new(StringComparer.Ordinal);

    public IEnumerable<string> VariableNames => variables.Keys;

    public Dictionary<string, object?> Inputs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, object?> Subject { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, object?> Outputs { get; } = new(StringComparer.Ordinal);

    public List<string> DeclaredInputs { get; } = [];

    public IReadOnlyDictionary<string, object?> Input => Inputs;

    public IEnumerable<string> InputNames => Inputs.Keys.Concat(DeclaredInputs);

    public IReadOnlyDictionary<string, object?> Facts => Subject;

    public IEnumerable<string> ActivityNames => Outputs.Keys.Select(key => key.Split('/')[0]).Distinct();

    public object? LastResult { get; set; }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 14, 5, 0, TimeSpan.Zero);

    public RunIdentity Run { get; set; } = new()
    {
        InstanceId = "run-1",
        DefinitionId = "first-call",
        DefinitionVersionId = "first-call-3",
        DefinitionVersion = 3,
    };

    public int Writes { get; private set; }

    public FakeScope With(string name, string type, object? value)
    {
        variables[name] = (type, ValueConversion.To(value, type));
        return this;
    }

    public object? Value(string name) => variables[name].Value;

    public bool TryGetVariable(string nameOrId, out object? value)
    {
        var found = variables.TryGetValue(nameOrId, out var variable);
        value = variable.Value;
        return found;
    }

    public bool TrySetVariable(string nameOrId, object? value)
    {
        if (!variables.TryGetValue(nameOrId, out var variable))
        {
            return false;
        }

        Writes++;
        variables[nameOrId] = (variable.Type, ValueConversion.To(value, variable.Type));
        return true;
    }

    public object? OutputOf(string activityIdOrName, string? outputName) =>
        Outputs.GetValueOrDefault($"{activityIdOrName}/{outputName ?? "Result"}");
}
