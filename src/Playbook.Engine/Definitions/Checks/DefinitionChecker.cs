using Playbook.Abstractions;

namespace Playbook.Engine.Definitions.Checks;

/// <summary>Looks a compiled definition over for everything that a designer should know before it runs.</summary>
public static class DefinitionChecker
{
    /// <param name="compiled">What the compiler said; its diagnostics come first.</param>
    /// <param name="types">The activity types known.</param>
    /// <param name="known">Scripts, roles, channels and playbooks, where they are to be checked.</param>
    public static IReadOnlyList<Diagnostic> Check(CompileResult compiled, IReadOnlyDictionary<string, ActivityDescription> types, KnownNames? known = null)
    {
        var found = new List<Diagnostic>(compiled.Diagnostics);
        if (compiled.Definition is not { } definition)
            return found;
        var context = new CheckContext(definition, known ?? new KnownNames(), found);
        InputChecks.Check(context, [.. types.Keys]);
        ExpressionChecks.CheckCases(context);
        FlowChecks.Check(context);
        StepChecks.Check(context);
        ScriptChecks.Check(context, found);
        return found;
    }
}
