using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>What an expression of one execution may see: its own variables, those of the containers around it, the run's.</summary>
internal sealed class ExecutionScope(RunState state, PlaybookDefinition definition, ActivityExecution? self, DateTimeOffset now) : IExpressionScope
{
    private RunIdentity? _run;
    private IReadOnlyDictionary<string, object?>? _facts;

    public IEnumerable<string> VariableNames
    {
        get
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var execution = self; execution is not null; execution = execution.Parent)
                if (execution.Locals is { } locals)
                    foreach (var local in locals)
                        if (seen.Add(local.Name))
                            yield return local.Name;
            foreach (var variable in definition.Variables)
                if (seen.Add(variable.Name))
                    yield return variable.Name;
            if (state.ScriptVariables is { } made)
                foreach (var name in made.Keys)
                    if (seen.Add(name))
                        yield return name;
        }
    }

    public IReadOnlyDictionary<string, object?> Input => EmbeddedInput() ?? state.Input;

    public IEnumerable<string> InputNames => definition.Inputs.Select(i => i.Name).Union(Input.Keys);

    public IEnumerable<string> ActivityNames => definition.KeepsResults ? definition.Nodes.Select(n => n.Name ?? n.Id) : [];

    public IReadOnlyDictionary<string, object?> Facts => _facts ??= MakeFacts();

    public object? LastResult => state.LastResult;

    public DateTimeOffset Now => now;

    public RunIdentity Run => _run ??= new RunIdentity
    {
        InstanceId = state.Id.ToString("N"),
        DefinitionId = state.DefinitionId,
        DefinitionVersionId = state.DefinitionVersionId,
        DefinitionVersion = state.DefinitionVersion,
        Name = state.Name,
        CorrelationId = state.CorrelationId,
        Draws = state.Draws,
    };

    public object? OutputOf(string activityIdOrName, string? outputName)
    {
        if (state.Results is not { } results)
            return null;
        var id = activityIdOrName;
        if (definition.Find(id) is null)
            foreach (var node in definition.Nodes)
                if (node.Name == activityIdOrName)
                    id = node.Id;
        return results.GetValueOrDefault($"{id}:{outputName ?? "Result"}");
    }

    public bool TryGetVariable(string nameOrId, out object? value)
    {
        if (FindLocal(nameOrId) is { } local)
        {
            value = local.Value;
            return true;
        }

        var index = FindIndex(nameOrId);
        if (index >= 0)
        {
            value = state.Variables[index];
            return true;
        }

        value = null;
        return state.ScriptVariables?.TryGetValue(nameOrId, out value) == true;
    }

    public bool TrySetVariable(string nameOrId, object? value)
    {
        if (FindLocal(nameOrId) is { } local)
        {
            local.Value = ValueConversion.To(value, local.TypeName);
            return true;
        }

        var index = FindIndex(nameOrId);
        if (index >= 0)
        {
            state.Variables[index] = ValueConversion.To(value, definition.Variables[index].FullTypeName);
            return true;
        }

        if (state.ScriptVariables?.ContainsKey(nameOrId) == true)
        {
            state.ScriptVariables[nameOrId] = value;
            return true;
        }

        return false;
    }

    public bool TryDeclareVariable(string name, object? value)
    {
        (state.ScriptVariables ??= [])[name] = RunValues.Copy(value);
        return true;
    }

    /// <summary>Sets a variable to an activity's output as it is: Elsa does not convert there.</summary>
    public void Assign(string id, object? value)
    {
        if (FindLocal(id) is { } local)
            local.Value = value;
        else if (FindIndex(id) is var index and >= 0)
            state.Variables[index] = value;
    }

    /// <summary>Takes over what a script changed of the run's identity.</summary>
    public void TakeOver()
    {
        if (_run is null)
            return;
        state.Name = _run.Name;
        state.CorrelationId = _run.CorrelationId;
        state.Draws = _run.Draws;
    }

    private LocalVariable? FindLocal(string nameOrId)
    {
        for (var execution = self; execution is not null; execution = execution.Parent)
            if (execution.Locals is { } locals)
            {
                foreach (var local in locals)
                    if (local.Id == nameOrId)
                        return local;
                foreach (var local in locals)
                    if (local.Name == nameOrId)
                        return local;
            }

        return null;
    }

    private int FindIndex(string nameOrId)
    {
        var variables = definition.Variables;
        for (var i = 0; i < variables.Count; i++)
            if (variables[i].Id == nameOrId)
                return i;
        for (var i = 0; i < variables.Count; i++)
            if (variables[i].Name == nameOrId)
                return i;
        return -1;
    }

    private Dictionary<string, object?>? EmbeddedInput()
    {
        for (var execution = self; execution is not null; execution = execution.Parent)
            if (definition.Nodes[execution.Node].Embedded is { } embedded && execution.Inputs is { } values && execution != self)
            {
                var input = new Dictionary<string, object?>();
                for (var i = 0; i < embedded.Inputs.Count; i++)
                    input[embedded.Inputs[i].Name] = values[i];
                return input;
            }

        return null;
    }

    private Dictionary<string, object?> MakeFacts()
    {
        // Scripts may ask for any of them, whatever the run is about.
        var facts = new Dictionary<string, object?>(6) { ["contact"] = null, ["account"] = null, ["opportunity"] = null, ["rep"] = null };
        foreach (var (name, value) in state.Subject.Facts)
            facts[name] = value;
        var previous = new Dictionary<string, object?>();
        if (state.PreviousOutcomes is { } outcomes)
            foreach (var (step, outcome) in outcomes)
                previous[step] = outcome;
        facts["previous"] = previous;
        return facts;
    }
}
