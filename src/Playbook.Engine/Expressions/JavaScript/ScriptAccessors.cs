using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Playbook.Engine.Expressions;

/// <summary>The functions that Elsa makes from names: getX and setX of a variable, getX of an input, getXFromY of an output.</summary>
internal static class ScriptAccessors
{
    public static Func<ScriptRun, JsValue[], JsValue>? Find(IExpressionScope scope, string name)
    {
        if (name.Length < 4 || !name.StartsWith("get", StringComparison.Ordinal) && !name.StartsWith("set", StringComparison.Ordinal))
        {
            return null;
        }

        var target = name[3..];
        var variable = scope.VariableNames.FirstOrDefault(candidate => Names(candidate, target));
        if (name[0] == 's')
        {
            return variable is null ? null : (run, a) => Set(run, variable, a);
        }

        // An input hides a variable, an output hides both: the order in which Elsa defines them.
        if (Output(scope, target) is { } output)
        {
            return (run, _) => run.ToScript(run.Scope.OutputOf(output.Activity, output.Name));
        }

        var input = scope.InputNames.FirstOrDefault(candidate => ScriptVariables.IsAccessible(candidate) && candidate == target)
            ?? scope.InputNames.FirstOrDefault(candidate => Names(candidate, target));
        return (input, variable) switch
        {
            (not null, _) => (run, _) => run.Input(input),
            (null, not null) => (run, _) => run.Variables.Get(variable),
            _ => null,
        };
    }

    public static IEnumerable<string> NamesOf(IExpressionScope scope) => NamesOf(scope.VariableNames, scope.InputNames);

    public static IEnumerable<string> NamesOf(IEnumerable<string> variables, IEnumerable<string> inputs) =>
        variables.Where(ScriptVariables.IsAccessible).SelectMany(name => (string[])[$"get{Pascal(name)}", $"set{Pascal(name)}"])
            .Concat(inputs.Where(ScriptVariables.IsAccessible).SelectMany(name => (string[])[$"get{name}", $"get{Pascal(name)}"]));

    private static (string Activity, string Name)? Output(IExpressionScope scope, string target)
    {
        for (var from = target.LastIndexOf("From", StringComparison.Ordinal); from > 0; from = target.LastIndexOf("From", from - 1, StringComparison.Ordinal))
        {
            var activity = target[(from + 4)..];
            var known = scope.ActivityNames.FirstOrDefault(name => Pascal(name) == activity);
            if (known is not null)
            {
                return (known, target[..from]);
            }
        }

        return null;
    }

    private static bool Names(string candidate, string target) =>
        ScriptVariables.IsAccessible(candidate) && Pascal(candidate) == target;

    // As Humanizer does: a letter at the start or after a space, '_' or '-' becomes a capital, the separator goes.
    private static string Pascal(string name)
    {
        var start = true;
        var result = new System.Text.StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is ' ' or '_' or '-')
            {
                start = true;
                continue;
            }

            result.Append(start ? char.ToUpperInvariant(c) : c);
            start = false;
        }

        return result.ToString();
    }

    private static JsValue Set(ScriptRun run, string name, JsValue[] arguments)
    {
        run.Variables.Set(name, arguments.At(0));
        return JsValue.Undefined;
    }
}
