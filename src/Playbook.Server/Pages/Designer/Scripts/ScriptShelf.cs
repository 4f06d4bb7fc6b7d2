using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Sales.Scenarios;
using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer.Scripts;

/// <summary>A step that uses a script.</summary>
public sealed record ScriptUse(string ActivityId, string Title);

/// <summary>The text of a script in one language.</summary>
/// <param name="Language">Two letters; empty for a text without a language.</param>
/// <param name="File">The file's name: <c>intro-mail.da.sbn</c>.</param>
public sealed record ScriptText(string Language, string File, string Text, IReadOnlyList<ExpressionProblem> Problems);

/// <summary>A script with its languages; without any where a step names a script that is not there.</summary>
public sealed record ScriptEntry(string Name, IReadOnlyList<ScriptText> Texts, IReadOnlyList<ScriptUse> UsedBy)
{
    public int Problems => Texts.Sum(text => text.Problems.Count);
    public bool IsMissing => Texts.Count == 0;
}

/// <summary>The scripts of a playbook: which there are, who uses them, what is wrong with them.</summary>
public static class ScriptShelf
{
    /// <param name="definition">The playbook; null where it does not compile, and then nobody knows who uses what.</param>
    /// <param name="texts">The texts that travel with it.</param>
    public static IReadOnlyList<ScriptEntry> Read(PlaybookDefinition? definition, IEnumerable<ContentText> texts)
    {
        var names = definition is null ? null : ScriptScope.Of(definition);
        var byName = texts.Where(text => text.Kind == DefinitionTextKind.Script)
            .Select(text => (Key: WithoutEnding(text.Name), text))
            .GroupBy(found => NameOf(found.Key), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(found => Text(found.Key, found.text, names)).OrderBy(text => text.Language is "en" ? 0 : 1).ThenBy(text => text.Language, StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
        var uses = definition is null ? new Dictionary<string, List<ScriptUse>>() : Uses(definition);
        return
        [
            .. byName.Keys.Union(uses.Keys).Order(StringComparer.Ordinal)
                .Select(name => new ScriptEntry(name, byName.GetValueOrDefault(name) ?? [], uses.GetValueOrDefault(name) ?? [])),
        ];
    }

    /// <summary>Which steps use which script, by the script's name; only where the drawing names it outright.</summary>
    public static IReadOnlyDictionary<string, List<ScriptUse>> Uses(PlaybookDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var uses = new Dictionary<string, List<ScriptUse>>(StringComparer.Ordinal);
        foreach (var node in definition.Nodes)
            foreach (var input in node.Inputs)
                if (input.Input.References == "script" && input.Constant is string { Length: > 0 } name)
                    (uses.TryGetValue(WithoutEnding(name), out var known) ? known : uses[WithoutEnding(name)] = []).Add(new ScriptUse(node.Id, ActivityTitle.Of(node)));
        return uses;
    }

    public static string FileOf(string name, string language) => language.Length == 0 ? $"{name}{CompiledPlaybook.ScriptEnding}" : $"{name}.{language}{CompiledPlaybook.ScriptEnding}";

    private static ScriptText Text(string key, ContentText text, ScriptScope? names)
    {
        var language = key.Length > NameOf(key).Length ? key[(NameOf(key).Length + 1)..] : "";
        return new ScriptText(language, text.Name, text.Text, names is null ? [] : ExpressionNames.CheckScript(text.Text, names.Variables, names.Inputs));
    }

    // Only what looks like a language is one: "offer.v2" is a script of that name.
    private static string NameOf(string key) => key.LastIndexOf('.') is var dot and > 0 && IsLanguage(key[(dot + 1)..]) ? key[..dot] : key;

    public static bool IsLanguage(string text) => text.Length is 2 or 5 && text[..2].All(char.IsAsciiLetterLower) && (text.Length == 2 || (text[2] == '-' && text[3..].All(char.IsAsciiLetterUpper)));

    private static string WithoutEnding(string name) => name.EndsWith(CompiledPlaybook.ScriptEnding, StringComparison.Ordinal) ? name[..^CompiledPlaybook.ScriptEnding.Length] : name;
}
