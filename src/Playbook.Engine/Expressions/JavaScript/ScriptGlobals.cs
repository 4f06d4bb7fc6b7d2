using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;
using JsEngine = Jint.Engine;

namespace Playbook.Engine.Expressions;

/// <summary>The functions and values that Elsa gives to scripts, and the subject's facts, by name.</summary>
internal static class ScriptGlobals
{
    private delegate JsValue HostFunction(ScriptRun run, JsValue[] arguments);

    private static readonly Dictionary<string, HostFunction> Functions = new(StringComparer.Ordinal)
    {
        ["getVariable"] = (run, a) => run.Variables.Get(Text(a, 0) ?? ""),
        ["setVariable"] = (run, a) => Done(() => run.Variables.Set(Text(a, 0) ?? "", a.At(1))),
        ["getInput"] = (run, a) => run.Input(Text(a, 0) ?? ""),
        ["getOutputFrom"] = (run, a) => run.ToScript(run.Scope.OutputOf(Text(a, 0) ?? "", Text(a, 1))),
        ["getLastResult"] = (run, _) => run.ToScript(run.Scope.LastResult),
        ["getWorkflowInstanceId"] = (run, _) => run.Scope.Run.InstanceId,
        ["getWorkflowDefinitionId"] = (run, _) => run.Scope.Run.DefinitionId,
        ["getWorkflowDefinitionVersionId"] = (run, _) => run.Scope.Run.DefinitionVersionId,
        ["getWorkflowDefinitionVersion"] = (run, _) => run.Scope.Run.DefinitionVersion,
        ["getWorkflowInstanceName"] = (run, _) => run.ToScript(run.Scope.Run.Name),
        ["setWorkflowInstanceName"] = (run, a) => Done(() => run.Scope.Run.Name = Text(a, 0)),
        ["getCorrelationId"] = (run, _) => run.ToScript(run.Scope.Run.CorrelationId),
        ["setCorrelationId"] = (run, a) => Done(() => run.Scope.Run.CorrelationId = Text(a, 0)),
        ["isNullOrWhiteSpace"] = (_, a) => string.IsNullOrWhiteSpace(Text(a, 0)),
        ["isNullOrEmpty"] = (_, a) => string.IsNullOrEmpty(Text(a, 0)),
        ["toJson"] = (_, a) => JsonValues.Write(ScriptValues.ToPlain(a.At(0))),
        ["parseGuid"] = (_, a) => ParseGuid(Text(a, 0)),
        ["newGuid"] = (run, _) => RunRandom.NextGuid(run.Scope).ToString(),
        ["newGuidString"] = (run, _) => RunRandom.NextGuid(run.Scope).ToString(),
        ["getGuidString"] = (run, _) => RunRandom.NextGuid(run.Scope).ToString(),
        ["newShortGuid"] = (run, _) => RunRandom.NextShortGuid(run.Scope),
        ["getShortGuid"] = (run, _) => RunRandom.NextShortGuid(run.Scope),
        ["bytesToString"] = (_, a) => Encoding.UTF8.GetString(Bytes(a.At(0))),
        ["bytesFromString"] = (run, a) => ToBytes(run, Encoding.UTF8.GetBytes(Text(a, 0) ?? "")),
        ["bytesToBase64"] = (_, a) => Convert.ToBase64String(Bytes(a.At(0))),
        ["bytesFromBase64"] = (run, a) => ToBytes(run, FromBase64(Text(a, 0))),
        ["stringToBase64"] = (_, a) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(a, 0) ?? "")),
        ["stringFromBase64"] = (_, a) => Encoding.UTF8.GetString(FromBase64(Text(a, 0))),
        ["streamToBytes"] = (run, a) => ToBytes(run, Bytes(a.At(0))),
        ["streamToBase64"] = (_, a) => Convert.ToBase64String(Bytes(a.At(0))),
    };

    private static readonly Dictionary<string, HostFunction> OutcomeFunctions = new(StringComparer.Ordinal)
    {
        ["setOutcome"] = (run, a) => Done(() => run.Outcomes = [Text(a, 0) ?? ""]),
        ["setOutcomes"] = (run, a) => Done(() => run.Outcomes = Names(a.At(0))),
    };

    private static readonly Dictionary<string, Func<ScriptRun, JsValue>> Values = new(StringComparer.Ordinal)
    {
        ["variables"] = run => run.Variables.Container(run.Script),
        ["now"] = run => run.ToScript(run.Scope.Now),
        ["args"] = run => new JsObject(run.Engine),
        ["TimeSpan"] = run => TypeReference.CreateTypeReference<TimeSpan>(run.Engine),
        ["DateTime"] = Clock,
        ["DateTimeOffset"] = Clock,
        ["Guid"] = run => Members(run, ("NewGuid", Functions["newGuidString"]), ("Parse", Functions["parseGuid"])),
    };

    /// <summary>Every name that is there whatever the playbook, for diagnostics.</summary>
    public static IEnumerable<string> FixedNames => Functions.Keys.Concat(OutcomeFunctions.Keys).Concat(Values.Keys);

    /// <summary>The globals of an expression.</summary>
    public static void Install(ScriptRun run) => Install(run, withOutcomes: false);

    /// <summary>The globals of a script that may set outcomes.</summary>
    public static void InstallWithOutcomes(ScriptRun run) => Install(run, withOutcomes: true);

    private static void Install(ScriptRun run, bool withOutcomes)
    {
        var script = run.Script;
        if (script.WantsRandom)
        {
            var math = (ObjectInstance)run.Engine.GetValue("Math");
            math.Set("random", Function(run, "random", (r, _) => RunRandom.NextDouble(r.Scope)));
        }

        foreach (var name in script.WantsEverything ? AllNames(run) : script.Names)
        {
            if (Find(run, name, withOutcomes) is { } value)
            {
                run.Engine.SetValue(name, value);
            }
        }
    }

    private static JsValue? Find(ScriptRun run, string name, bool withOutcomes)
    {
        if (Functions.TryGetValue(name, out var function) || withOutcomes && OutcomeFunctions.TryGetValue(name, out function))
        {
            return Function(run, name, function);
        }

        if (Values.TryGetValue(name, out var value))
        {
            return value(run);
        }

        if (run.Scope.Facts.TryGetValue(name, out var fact))
        {
            return run.ToScript(fact);
        }

        return ScriptAccessors.Find(run.Scope, name) is { } accessor
            ? Function(run, name, (r, a) => accessor(r, a))
            : null;
    }

    private static IEnumerable<string> AllNames(ScriptRun run) =>
        FixedNames.Concat(run.Scope.Facts.Keys).Concat(ScriptAccessors.NamesOf(run.Scope)).Concat(run.Script.Names).Distinct(StringComparer.Ordinal);

    private static ClrFunction Function(ScriptRun run, string name, HostFunction function) =>
        new(run.Engine, name, (_, arguments) => function(run, arguments));

    private static JsObject Members(ScriptRun run, params (string Name, HostFunction Function)[] members)
    {
        var result = new JsObject(run.Engine);
        foreach (var (name, function) in members)
        {
            result.Set(name, Function(run, name, function));
        }

        return result;
    }

    // What scripts use of .NET's DateTime: the time, which is the turn's, and Parse; both give a JavaScript date.
    private static JsObject Clock(ScriptRun run)
    {
        var clock = Members(run, ("Parse", (r, a) => r.Engine.Construct("Date", a)));
        foreach (var name in (string[])["Now", "UtcNow"])
        {
            clock.Set(name, run.ToScript(run.Scope.Now));
        }

        clock.Set("Today", run.ToScript(new DateTimeOffset(run.Scope.Now.UtcDateTime.Date, TimeSpan.Zero)));
        return clock;
    }

    private static JsValue Done(Action action)
    {
        action();
        return JsValue.Undefined;
    }

    private static string? Text(JsValue[] arguments, int index)
    {
        var value = arguments.At(index);
        return value.IsNull() || value.IsUndefined() ? null : TypeConverter.ToString(value);
    }

    private static List<string> Names(JsValue value) =>
        value is JsArray array ? [.. array.Select(TypeConverter.ToString)] : [TypeConverter.ToString(value)];

    private static JsValue ParseGuid(string? text) =>
        Guid.TryParse(text, out var guid) ? guid.ToString() : throw new ExpressionException($"'{text}' is not a GUID.");

    private static JsTypedArray ToBytes(ScriptRun run, byte[] bytes) =>
        run.Engine.Intrinsics.Uint8Array.Construct(bytes);

    private static byte[] Bytes(JsValue value) =>
        value.IsArrayBuffer() ? value.AsArrayBuffer()! : value.IsUint8Array() ? value.AsUint8Array() : FromBase64(TypeConverter.ToString(value));

    private static byte[] FromBase64(string? text)
    {
        try
        {
            return Convert.FromBase64String(text ?? "");
        }
        catch (FormatException e)
        {
            throw new ExpressionException("The text is not valid base64.", e);
        }
    }
}
