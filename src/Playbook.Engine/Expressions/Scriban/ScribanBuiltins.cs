using Scriban;
using Scriban.Runtime;

namespace Playbook.Engine.Expressions;

/// <summary>Scriban's functions without those that a replay would answer differently, and with <c>default</c>.</summary>
internal static class ScribanBuiltins
{
    private delegate object? Fallback(object? value, object? fallback);

    /// <summary>The functions; those that ask for the time or for chance get the run's answers.</summary>
    /// <param name="scope">The scope of the render that is under way, when it is asked for.</param>
    public static ScriptObject Make(Func<IExpressionScope> scope)
    {
        var builtins = (ScriptObject)new TemplateContext().BuiltinObject.Clone(deep: true);

        // Text that becomes template code cannot be checked beforehand.
        var objects = Group(builtins, "object");
        objects.Remove("eval");
        objects.Remove("eval_template");
        builtins.Remove("include");
        builtins.Remove("include_join");

        var date = Group(builtins, "date");
        var now = DelegateCustomFunction.CreateFunc(() => scope().Now.UtcDateTime);
        date.SetValue("now", now, readOnly: true);
        date.SetValue("utc_now", now, readOnly: true);
        var math = Group(builtins, "math");
        math.SetValue("uuid", DelegateCustomFunction.CreateFunc(() => RunRandom.NextGuid(scope()).ToString()), readOnly: true);
        math.SetValue("random", DelegateCustomFunction.CreateFunc<int, int, int>((from, to) => Between(scope(), from, to)), readOnly: true);
        builtins.SetValue("default", DelegateCustomFunction.Create((Fallback)Default), readOnly: true);
        return builtins;
    }

    public static bool IsEmpty(object? value) => value is null || value is string text && string.IsNullOrWhiteSpace(text);

    private static ScriptObject Group(ScriptObject builtins, string name) => (ScriptObject)builtins[name]!;

    private static object? Default(object? value, object? fallback) => IsEmpty(value) ? fallback : value;

    private static int Between(IExpressionScope scope, int from, int to) =>
        to > from
            ? (int)(from + Math.Floor(RunRandom.NextDouble(scope) * ((double)to - from)))
            : throw new ExpressionException("math.random needs a lower and a higher number.");
}
