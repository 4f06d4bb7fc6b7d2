using Jint.Native;

namespace Playbook.Engine.Expressions;

/// <summary>What goes from a run into its script.</summary>
internal static class ScriptInputs
{
    public static JsValue ToScript(this ScriptRun run, object? value) => ScriptValues.ToScript(run.Engine, value);

    public static JsValue Input(this ScriptRun run, string name) => run.ToScript(run.Scope.Input.TryGetValue(name, out var value) ? value : null);
}
