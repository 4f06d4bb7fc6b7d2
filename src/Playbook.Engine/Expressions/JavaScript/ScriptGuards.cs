using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;
using JsEngine = Jint.Engine;

namespace Playbook.Engine.Expressions;

/// <summary>
/// Closes what Jint's own limits see too late, because they look between two steps of a script: one call that makes a
/// text of gigabytes, and arithmetic on integers of millions of digits.
/// </summary>
internal static class ScriptGuards
{
    /// <summary>
    /// Names that lead to such calls. A script with none of them, no names made at run time, no lists, loops or functions
    /// cannot make more than it was given, and needs no guard.
    /// </summary>
    public static readonly HashSet<string> Risky = new(StringComparer.Ordinal)
    {
        "repeat", "padStart", "padEnd", "replace", "replaceAll", "join", "concat", "match", "matchAll", "split", "stringify",
        "fill", "Array", "flat",
        "BigInt", "BigInt64Array", "BigUint64Array", "DataView", "Temporal", "toTemporalInstant",
        "Reflect", "getOwnPropertyDescriptor", "getOwnPropertyDescriptors",
    };

    private const long MaxText = 4 * ExpressionLimits.OutputLength;

    // What one match costs in memory, in characters.
    private const long MatchCost = 16;

    // Lists within lists join each other: every call counts for this much.
    private const long CallCost = 100;

    private delegate long Estimate(JsValue subject, JsValue[] arguments);

    public static void Install(JsEngine engine)
    {
        foreach (var name in (string[])["BigInt", "BigInt64Array", "BigUint64Array", "Temporal"])
        {
            engine.Global.Delete(name);
        }

        Prototype(engine, "Date").Delete("toTemporalInstant");
        var view = Prototype(engine, "DataView");
        view.Delete("getBigInt64");
        view.Delete("getBigUint64");

        var text = Prototype(engine, "String");
        Guard(engine, text, "repeat", (subject, a) => Length(subject) * Number(a, 0));
        Guard(engine, text, "padStart", (_, a) => Number(a, 0));
        Guard(engine, text, "padEnd", (_, a) => Number(a, 0));
        Guard(engine, text, "replace", Replaced);
        Guard(engine, text, "replaceAll", Replaced);
        Guard(engine, text, "concat", (subject, a) => Length(subject) + a.Sum(Length));
        Guard(engine, text, "match", (subject, _) => Length(subject) * MatchCost);
        Guard(engine, text, "split", (subject, _) => Length(subject) * MatchCost);
        var lists = Prototype(engine, "Array");
        var joined = 0L;
        Guard(engine, lists, "join", (subject, a) => joined += Joined(subject, a) + CallCost);
        Guard(engine, lists, "toLocaleString", (subject, a) => joined += Joined(subject, a) + CallCost);
        Guard(engine, lists, "flat", (subject, _) => Measure(subject));
        Guard(engine, engine.Global.Get("String").AsObject(), "raw", (_, a) => a.At(0) is ObjectInstance parts ? Joined(parts.Get("raw"), a) : 0);
        Guard(engine, engine.Global.Get("JSON").AsObject(), "stringify", (_, a) => Measure(a.At(0)));
    }

    private static ObjectInstance Prototype(JsEngine engine, string name) => engine.Global.Get(name).Get("prototype").AsObject();

    private static void Guard(JsEngine engine, ObjectInstance prototype, string name, Estimate estimate)
    {
        var original = (Function)prototype.Get(name);
        var guarded = new ClrFunction(engine, name, (subject, arguments) =>
        {
            if (estimate(subject, arguments) > MaxText)
            {
                throw new ExpressionException($"The script would have made a text of more than {MaxText:N0} characters with {name} and was stopped.");
            }

            return original.Call(subject, arguments);
        });
        prototype.FastSetProperty(name, new Jint.Runtime.Descriptors.PropertyDescriptor(guarded, writable: true, enumerable: false, configurable: true));
    }

    private static long Replaced(JsValue subject, JsValue[] arguments)
    {
        var length = Length(subject);
        var search = arguments.At(0).IsString() ? Math.Max(1, Length(arguments.At(0))) : 1;
        return arguments.At(1).IsString() ? length + (length / search * Length(arguments.At(1))) : length;
    }

    private static long Joined(JsValue subject, JsValue[] arguments)
    {
        if (subject is not JsArray array)
        {
            return 0;
        }

        var separator = arguments.At(0).IsString() ? Length(arguments.At(0)) : 1;
        var total = separator * array.Length;
        for (var i = 0u; i < array.Length && total <= MaxText; i++)
        {
            total += Length(array[i]);
        }

        return total;
    }

    // A list that holds another twice, and that one another twice, is small in memory and endless when written out.
    private static long Measure(JsValue value)
    {
        var total = 0L;
        var parts = 0;
        var open = new Stack<JsValue>();
        open.Push(value);
        while (open.TryPop(out var next) && total <= MaxText)
        {
            if (++parts > ExpressionLimits.ResultNodes)
            {
                return long.MaxValue;
            }

            total += Length(next) + 1;
            if (next is JsArray array)
            {
                for (var i = 0u; i < array.Length && open.Count <= ExpressionLimits.ResultNodes; i++)
                {
                    open.Push(array[i]);
                }
            }
            else if (next is JsObject members)
            {
                foreach (var (key, property) in members.GetOwnProperties())
                {
                    total += Length(key);
                    open.Push(property.Value ?? JsValue.Undefined);
                }
            }
        }

        return total;
    }

    private static long Length(JsValue value) => value.IsString() ? value.AsString().Length : 0;

    private static long Number(JsValue[] arguments, int index) =>
        arguments.At(index).IsNumber() ? (long)Math.Clamp(arguments.At(index).AsNumber(), 0, int.MaxValue) : 0;
}
