using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>What an execution remembers besides inputs and outputs, by the names that Elsa uses where it has the same.</summary>
internal static class ExecutionProperties
{
    public static IEnumerable<KeyValuePair<string, object?>> Of(RunPath path, ExecutionStep step)
    {
        if (step == path.Run)
            yield return new("Variables", Variables(path.State, path.Definition).ToDictionary(variable => variable.Id, variable => variable.Value));
        else if (step.Live?.Locals is { Count: > 0 } locals)
            yield return new("Variables", locals.GroupBy(local => local.Id).ToDictionary(group => group.Key, group => group.Last().Value));
        if (FlowVisits.Of(path, step) is { } visits)
            yield return new("FlowScope", visits);
        if (step.Facts.Count > 0)
            yield return new("Facts", step.Facts);
        if (step.Lines.Count > 0)
            yield return new("Lines", step.Lines);
    }

    /// <summary>The playbook's variables with their values, each id once.</summary>
    public static IReadOnlyList<VariableAnswer> Variables(RunState run, PlaybookDefinition? definition) =>
        [.. (definition?.Variables ?? []).Select((variable, index) => new VariableAnswer(variable.Id, variable.Name, run.Variables.ElementAtOrDefault(index)))
            .Concat((run.ScriptVariables ?? []).Select(variable => new VariableAnswer(variable.Key, variable.Key, variable.Value)))
            .DistinctBy(variable => variable.Id)];
}

internal sealed record VariableAnswer(string Id, string Name, object? Value);
