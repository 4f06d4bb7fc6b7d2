using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using JsEngine = Jint.Engine;

namespace Playbook.Engine.Expressions;

/// <summary>
/// The variables as one script sees them: read once, changed in place, written back at the end, as Elsa does with its
/// <c>variables</c> container and its getters and setters.
/// </summary>
internal sealed class ScriptVariables(JsEngine engine, IExpressionScope scope)
{
    // Elsa's container is a .NET dictionary whose own properties shadow these names for writing: an assignment is lost.
    private static readonly string[] Shadowed = ["Count", "Keys", "Values", "IsReadOnly", "count", "keys", "values", "isReadOnly"];

    private readonly Dictionary<string, Held> held = new(StringComparer.Ordinal);
    private JsObject? container;

    public JsObject Container(PreparedScript script)
    {
        container = new JsObject(engine);
        foreach (var name in scope.VariableNames)
        {
            if (IsAccessible(name) && (script.WantsAllVariables || script.VariableMembers.Contains(name)))
            {
                Show(name, Get(name));
            }
        }

        foreach (var name in Shadowed)
        {
            if (script.VariableMembers.Contains(name) && !held.ContainsKey(name))
            {
                Show(name, JsValue.Undefined);
            }
        }

        return container;
    }

    public JsValue Get(string name)
    {
        if (held.TryGetValue(name, out var known))
        {
            return known.Value;
        }

        if (!scope.TryGetVariable(name, out var value))
        {
            return JsValue.Null;
        }

        var script = ScriptValues.ToScript(engine, value);
        held[name] = new Held(script, value);
        return script;
    }

    public void Set(string name, JsValue value)
    {
        var plain = ScriptValues.ToPlain(value);
        Write(name, plain);
        held[name] = new Held(value, plain);
        if (container is not null && IsAccessible(name))
        {
            Show(name, value);
        }
    }

    /// <summary>Writes back what the script changed through <c>variables.X</c> or inside an object that it read.</summary>
    public void WriteBack()
    {
        foreach (var (name, before) in held.ToArray())
        {
            if (before.Value is ObjectInstance and not JsDate && ScriptValues.ToPlain(before.Value) is var now && !JsonValues.Same(now, before.Plain))
            {
                Write(name, now);
            }
        }

        if (container is null)
        {
            return;
        }

        foreach (var (key, property) in container.GetOwnProperties())
        {
            var name = key.ToString();
            var value = container.Get(key);
            var isNull = value.IsNull() || value.IsUndefined();
            if (!property.Writable || isNull || held.TryGetValue(name, out var before) && ReferenceEquals(before.Value, value))
            {
                continue;
            }

            if (!scope.InputNames.Contains(name, StringComparer.Ordinal))
            {
                Write(name, ScriptValues.ToPlain(value));
            }
        }
    }

    /// <summary>Elsa gives accessors to names of letters and digits only; others are read with getVariable.</summary>
    public static bool IsAccessible(string name) => name.Length > 0 && name.All(char.IsLetterOrDigit);

    public static bool IsShadowed(string name) => Shadowed.Contains(name);

    private void Show(string name, JsValue value) =>
        container!.DefineOwnProperty(name, new PropertyDescriptor(value, writable: !Shadowed.Contains(name), enumerable: true, configurable: true));

    private void Write(string name, object? value)
    {
        if (!scope.TrySetVariable(name, value) && !scope.TryDeclareVariable(name, value))
        {
            throw new ExpressionException($"There is no variable '{name}' to set{DidYouMean.Hint(name, scope.VariableNames)}");
        }
    }

    private sealed record Held(JsValue Value, object? Plain);
}
