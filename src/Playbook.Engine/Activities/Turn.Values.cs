using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <content>Inputs, outputs and history.</content>
public sealed partial class Turn
{
    public object? Input(ActivityExecution execution, int index) => execution.Inputs is { } values ? values[index] : NodeOf(execution).Inputs[index].Constant;

    public T? Input<T>(ActivityExecution execution, int index) => Input(execution, index) is T value ? value : default;

    internal ExecutionScope ScopeOf(ActivityExecution? execution) => new(state, definition, execution, now);

    /// <summary>Evaluates an expression in the scope of an execution.</summary>
    public object? Evaluate(ActivityExecution execution, Expression expression, string typeName)
    {
        var scope = ScopeOf(execution);
        var value = evaluator.Evaluate(expression, scope, typeName);
        scope.TakeOver();
        return value;
    }

    internal object? EvaluateInput(ActivityExecution execution, InputBinding binding)
    {
        if (binding.IsConstant)
            return binding.Constant;
        try
        {
            return Evaluate(execution, binding.Expression!, binding.Input.Type);
        }
        catch (ExpressionException e)
        {
            throw new ExpressionException($"Failed to evaluate activity input '{binding.Input.Name}': {e.Message}", e);
        }
    }

    private void EvaluateInputs(ActivityExecution execution, ActivityNode node)
    {
        if (!behaviors[node.Index].EvaluatesInputs)
            return;
        var inputs = node.Inputs;
        var constant = true;
        for (var i = 0; i < inputs.Count; i++)
            constant &= inputs[i].IsConstant;
        if (constant && node.Embedded is null)
            return;
        var values = new object?[inputs.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = EvaluateInput(execution, inputs[i]);
        execution.Inputs = values;
    }

    /// <summary>Gives an output to the variable that it is bound to, and keeps it where the playbook asks for results.</summary>
    public void SetOutput(ActivityExecution execution, string name, object? value)
    {
        var node = NodeOf(execution);
        if (definition.KeepsResults)
        {
            (state.Results ??= [])[$"{node.Id}:{name}"] = value;
            if (name == "Result")
                state.LastResult = value;
        }

        if (node.OutputVariables.Count > 0 && node.OutputVariables.TryGetValue(name, out var variable))
            ScopeOf(execution).Assign(variable, value);
    }

    internal void Log(RunEventKind kind, ActivityExecution execution)
    {
        var node = NodeOf(execution);
        _scratch.Events.Add(new RunEvent(kind, node.Id, node.EventType, execution.Id));
    }

    /// <summary>Records a written line or a fact of the domain.</summary>
    public void Record(ActivityExecution execution, RunEventKind kind, string? text, IReadOnlyDictionary<string, object?>? data = null)
    {
        var node = NodeOf(execution);
        TextWritten += text?.Length ?? 0;
        _scratch.Events.Add(new RunEvent(kind, node.Id, node.EventType, execution.Id) { Text = text, Data = data });
    }
}
