using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Interop;
using JsEngine = Jint.Engine;

namespace Playbook.Engine.Expressions;

/// <summary>Plain values to JavaScript and back. Lists and dictionaries are copied both ways, so that no script holds on to a run's state.</summary>
internal static class ScriptValues
{
    public static JsValue ToScript(JsEngine engine, object? value) => ToScript(engine, value, 0);

    /// <summary>Must run inside the engine (see <see cref="ScriptRun"/>), because getters of the result are script, too.</summary>
    public static object? ToPlain(JsValue value)
    {
        var budget = ExpressionLimits.ResultNodes;
        return ToPlain(value, 0, ref budget);
    }

    private static JsValue ToScript(JsEngine engine, object? value, int depth)
    {
        if (depth > ExpressionLimits.ResultDepth)
        {
            throw new ExpressionException($"A value is nested deeper than {ExpressionLimits.ResultDepth} levels.");
        }

        return value switch
        {
            null => JsValue.Null,
            string text => new JsString(text),
            bool flag => flag ? JsBoolean.True : JsBoolean.False,
            int number => new JsNumber(number),
            long number => new JsNumber(number),
            double number => new JsNumber(number),
            decimal number => new JsNumber((double)number),
            DateTimeOffset time => new JsDate(engine, time),
            DateTime time => new JsDate(engine, time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime()),
            Guid guid => new JsString(guid.ToString()),
            TimeSpan span => JsValue.FromObject(engine, span),
            List<object?> items => new JsArray(engine, items.Select(item => ToScript(engine, item, depth + 1)).ToArray()),
            IEnumerable<KeyValuePair<string, object?>> members => Members(engine, members, depth),
            _ => throw new ExpressionException($"A value of type {value.GetType().Name} cannot be used in a script."),
        };
    }

    private static JsObject Members(JsEngine engine, IEnumerable<KeyValuePair<string, object?>> members, int depth)
    {
        var result = new JsObject(engine);
        foreach (var (name, value) in members)
        {
            result.FastSetDataProperty(name, ToScript(engine, value, depth + 1));
        }

        return result;
    }

    private static object? ToPlain(JsValue value, int depth, ref int budget)
    {
        if (depth > ExpressionLimits.ResultDepth)
        {
            throw new ExpressionException($"The script's value is nested deeper than {ExpressionLimits.ResultDepth} levels, or contains itself.");
        }

        if (--budget < 0)
        {
            throw new ExpressionException($"The script's value has more than {ExpressionLimits.ResultNodes:N0} parts.");
        }

        if (value.IsNull() || value.IsUndefined())
        {
            return null;
        }

        if (value.IsString())
        {
            return ShortEnough(value.AsString());
        }

        return value switch
        {
            JsBoolean => value.AsBoolean(),
            JsNumber => value.AsNumber(),
            JsBigInt => value.ToString(),
            JsDate date => ToTime(date),
            IObjectWrapper { Target: TimeSpan span } => span,
            _ when value.IsArrayBuffer() => Convert.ToBase64String(value.AsArrayBuffer()!),
            _ when value.IsUint8Array() => Convert.ToBase64String(value.AsUint8Array()),
            JsArray array => Items(array, depth, ref budget),
            Jint.Native.Function.Function or JsSymbol => null,
            ObjectInstance instance => Members(instance, depth, ref budget),
            _ => null,
        };
    }

    private static DateTime? ToTime(JsDate date)
    {
        var milliseconds = date.Get("valueOf").Call(date, []).AsNumber();
        return milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999
            ? DateTime.UnixEpoch.AddMilliseconds(milliseconds)
            : null;
    }

    private static List<object?> Items(JsArray array, int depth, ref int budget)
    {
        if (array.Length > budget)
        {
            throw new ExpressionException($"The script's value has more than {ExpressionLimits.ResultNodes:N0} parts.");
        }

        var items = new List<object?>((int)array.Length);
        for (var i = 0u; i < array.Length; i++)
        {
            items.Add(ToPlain(array[i], depth + 1, ref budget));
        }

        return items;
    }

    private static Dictionary<string, object?> Members(ObjectInstance instance, int depth, ref int budget)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, property) in instance.GetOwnProperties())
        {
            if (property.Enumerable && key.IsString())
            {
                members[key.AsString()] = ToPlain(instance.Get(key), depth + 1, ref budget);
            }
        }

        return members;
    }

    private static string ShortEnough(string text) =>
        text.Length <= ExpressionLimits.OutputLength
            ? text
            : throw new ExpressionException($"The script made a text of {text.Length:N0} characters; {ExpressionLimits.OutputLength:N0} are allowed.");
}
