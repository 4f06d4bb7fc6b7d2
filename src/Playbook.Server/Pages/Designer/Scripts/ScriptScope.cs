using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Sales.Scenarios;
using Playbook.Server.Pages.Designer.Editor;

namespace Playbook.Server.Pages.Designer.Scripts;

/// <summary>The names that a playbook's scripts may use.</summary>
public sealed record ScriptScope(IReadOnlySet<string> Variables, IReadOnlySet<string> Inputs)
{
    public static ScriptScope Of(PlaybookDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var variables = definition.Variables.Concat(definition.Root.Variables).SelectMany(variable => new[] { variable.Name, variable.Id });
        return new(variables.ToHashSet(StringComparer.Ordinal), definition.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What the editor offers.</summary>
    public static ScriptWords Words(PlaybookDefinition? definition)
    {
        var variables = definition?.Variables.Concat(definition.Root.Variables).Select(variable => new EditorWord(variable.Name, $"written down, {variable.TypeName}")).ToList() ?? [];
        var inputs = definition?.Inputs.Select(input => new EditorWord(input.Name, $"given at the start, {input.TypeName}")).ToList() ?? [];
        var members = FactSchema.Members.ToDictionary(fact => fact.Key, IReadOnlyList<EditorWord> (fact) => [.. fact.Value.Select(name => new EditorWord(name))], StringComparer.Ordinal);
        foreach (var (group, functions) in ScriptFunctions.Groups.Where(group => group.Key.Length > 0))
            members.TryAdd(group, [.. functions.Select(name => new EditorWord(name))]);
        members["Variables"] = variables;
        members["Input"] = inputs;
        members["previous"] = Steps(definition);
        return new ScriptWords(
            [.. FactSchema.Names.Select(name => new EditorWord(name, About(name))), .. variables, new("Input", "what the run was started with"), new("Variables", "what was written down")],
            members,
            [.. ScriptFunctions.Groups.OrderBy(group => group.Key, StringComparer.Ordinal).SelectMany(group => group.Value.Select(name => new EditorWord(group.Key.Length == 0 ? name : $"{group.Key}.{name}")))]);
    }

    private static List<EditorWord> Steps(PlaybookDefinition? definition) =>
        definition?.Nodes.Where(node => node.Description is { IsHumanStep: true } or { Waits: true } && node.Id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            .Select(node => new EditorWord(node.Id, $"what came of “{ActivityTitle.Of(node)}”")).ToList() ?? [];

    private static string? About(string name) => name switch
    {
        "contact" => "whom it is about",
        "account" => "where they work",
        "opportunity" => "the sale",
        "rep" => "who speaks",
        "previous" => "what came of earlier steps",
        "now" => "the time",
        _ => null,
    };
}
