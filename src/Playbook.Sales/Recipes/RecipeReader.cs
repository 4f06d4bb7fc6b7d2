using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Playbook.Engine.Definitions;
using static Playbook.Sales.Recipes.RecipeWords;

namespace Playbook.Sales.Recipes;

/// <summary>
/// Reads a playbook as a recipe.
/// <code>var text = RecipeText.Write(RecipeReader.Read(definition, scripts));</code>
/// </summary>
public static partial class RecipeReader
{
    /// <param name="definition">The playbook.</param>
    /// <param name="scripts">Its scripts by name with language: <c>intro-mail.da</c>.</param>
    public static Recipe Read(PlaybookDefinition definition, IReadOnlyDictionary<string, string> scripts)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(scripts);
        var flow = RecipeFlow.Of(definition);
        var numbers = flow.Steps.Index().ToDictionary(step => step.Item, step => step.Index + 1);
        return new Recipe(
            definition.Name ?? "Playbook",
            Text(definition.Document.Json["description"]) ?? "",
            Text(definition.PlaybookProperties?["phase"]) is { } phase ? Plain(phase) : null,
            Text(definition.PlaybookProperties?["goal"]),
            Ingredients(definition, flow.Steps, scripts),
            [.. flow.Steps.Select(node => new RecipeStep(
                numbers[node], node.Id, Title(node), RecipeLines.Who(node), Given(node, "Script"), RecipeLines.Of(node), RecipeLines.DoneWhen(node),
                RecipeWays.Of(node, flow.Ways(node), numbers)))]);
    }

    private static List<Ingredient> Ingredients(PlaybookDefinition definition, IReadOnlyList<ActivityNode> steps, IReadOnlyDictionary<string, string> scripts)
    {
        var found = new List<Ingredient>
        {
            new("What we know when it begins", [.. definition.Inputs.Select(input => Text(InputJson(definition, input.Name)?["description"]) is { } about
                ? $"{Text(InputJson(definition, input.Name)?["displayName"]) ?? Plain(input.Name)}: {about}"
                : Text(InputJson(definition, input.Name)?["displayName"]) ?? Plain(input.Name))]),
            new("What the scripts use of the contact and the sale", Facts(definition, scripts)),
            new("Who takes part", [.. steps.SelectMany(Roles).Distinct().Select(Role)]),
            new("How we reach them", [.. steps.Select(node => Given(node, "Channel")).OfType<string>().Distinct().Select(Channel)]),
            new("Scripts", [.. steps.Select(node => Given(node, "Script")).OfType<string>().Distinct().Select(name => Languages(name, scripts))]),
        };
        found.RemoveAll(ingredient => ingredient.Items.Count == 0);
        return found;
    }

    private static IEnumerable<string> Roles(ActivityNode node) =>
        new[] { Given(node, "Role"), Given(node, "FromRole"), Given(node, "ToRole") }.OfType<string>();

    private static string Languages(string script, IReadOnlyDictionary<string, string> scripts)
    {
        var languages = scripts.Keys.Where(key => key.StartsWith(script + ".", StringComparison.Ordinal)).Select(key => key[(script.Length + 1)..]).Order(StringComparer.Ordinal).ToList();
        return languages.Count == 0 ? script : $"{script} ({string.Join(", ", languages)})";
    }

    private static List<string> Facts(PlaybookDefinition definition, IReadOnlyDictionary<string, string> scripts)
    {
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in scripts.Values.Append(definition.Root.Json.ToJsonString()))
            foreach (Match fact in Fact().Matches(text))
                facts.Add($"{fact.Groups[1].Value}: {Plain(fact.Groups[2].Value)}");
        return [.. facts.GroupBy(fact => fact.Split(": ")[0]).Select(group => $"{group.Key}: {string.Join(", ", group.Select(fact => fact.Split(": ")[1]))}")];
    }

    private static JsonObject? InputJson(PlaybookDefinition definition, string name) =>
        (definition.Document.Json["inputs"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(input => Text(input["name"]) == name);

    [GeneratedRegex(@"\b(contact|account|opportunity|product)\??\.([a-z][a-z_]*)\b", RegexOptions.None, 1000)]
    private static partial Regex Fact();
}
