using Scriban.Runtime;

namespace Playbook.Engine.Expressions;

/// <summary>The functions that scripts may call, for those who offer them while somebody writes.</summary>
public static class ScriptFunctions
{
    /// <summary>Names of functions by their group, such as <c>string</c> → <c>upcase</c>; those without a group under the empty name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; } = Read();

    private static Dictionary<string, IReadOnlyList<string>> Read()
    {
        var builtins = ScribanBuiltins.Make(() => throw new InvalidOperationException("Names are read without running."));
        var groups = builtins.Where(member => member.Value is ScriptObject)
            .ToDictionary(member => member.Key, IReadOnlyList<string> (member) => [.. ((ScriptObject)member.Value!).Keys.Order(StringComparer.Ordinal)], StringComparer.Ordinal);
        groups[""] = [.. builtins.Where(member => member.Value is not ScriptObject and not null).Select(member => member.Key).Order(StringComparer.Ordinal)];
        return groups;
    }
}
