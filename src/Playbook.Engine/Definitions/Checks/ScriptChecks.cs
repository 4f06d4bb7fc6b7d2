using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions.Checks;

/// <summary>The scripts beside a playbook.</summary>
internal static class ScriptChecks
{
    public static void Check(CheckContext context, List<Diagnostic> found)
    {
        if (context.Known.Scripts is not { } scripts)
            return;
        var variables = context.VariablesAt(context.Definition.Root);
        foreach (var (name, text) in scripts.OrderBy(s => s.Key, StringComparer.Ordinal))
            foreach (var problem in ExpressionNames.CheckScript(text, variables, context.InputNames))
                found.Add(new Diagnostic(DiagnosticCodes.ScriptProblem, problem.IsError || problem.Name is not null ? Severity.Error : Severity.Warning,
                    $"scripts/{name}.sbn{(problem.Line > 0 ? $":{problem.Line}" : "")}", null, problem.Message, problem.Suggestion));
    }
}
