using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions.Checks;

/// <summary>What a definition is checked against besides itself. What is null is not checked.</summary>
public sealed record KnownNames
{
    /// <summary>Script texts by file name without extension, such as <c>first-call.en</c>.</summary>
    public IReadOnlyDictionary<string, string>? Scripts { get; init; }

    public IReadOnlySet<string>? Roles { get; init; }
    public IReadOnlySet<string>? Channels { get; init; }

    /// <summary>Definition ids of the playbooks that can be started.</summary>
    public IReadOnlySet<string>? Playbooks { get; init; }
}

/// <summary>One check of a definition under way.</summary>
internal sealed class CheckContext(PlaybookDefinition definition, KnownNames known, List<Diagnostic> found)
{
    public PlaybookDefinition Definition => definition;
    public KnownNames Known => known;
    public IReadOnlySet<string> InputNames { get; } = definition.Inputs.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);

    public void Error(string code, ActivityNode node, string member, string message, string? suggestion = null) =>
        found.Add(new Diagnostic(code, Severity.Error, node.Path + member, node.Id, message, suggestion));

    public void Warn(string code, ActivityNode node, string member, string message, string? suggestion = null) =>
        found.Add(new Diagnostic(code, Severity.Warning, node.Path + member, node.Id, message, suggestion));

    /// <summary>Names and ids of the variables that an expression of the activity may see.</summary>
    public HashSet<string> VariablesAt(ActivityNode node)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var at = node; at is not null; at = at.Parent)
        {
            Add(names, at.Variables);
            if (at.Embedded is { } embedded)
                Add(names, embedded.Variables);
            if (at.Type is "Elsa.For" or "Elsa.ForEach" or "Elsa.ParallelForEach")
                names.UnionWith(["CurrentValue", "CurrentIndex"]);
            if (at.Type is "Elsa.BulkDispatchWorkflows")
                names.Add("ChildInstanceId");
        }

        Add(names, definition.Variables);
        return names;
    }

    private static void Add(HashSet<string> names, IReadOnlyList<VariableDefinition> variables)
    {
        foreach (var variable in variables)
        {
            names.Add(variable.Name);
            names.Add(variable.Id);
        }
    }
}

/// <summary>The ports that an activity can leave through, as far as the document tells.</summary>
internal static class Ports
{
    /// <summary>The ports, or null where a script decides them while running.</summary>
    public static IReadOnlyList<string>? Of(ActivityNode node)
    {
        if (node.Description is not { } description)
            return null;
        var ports = new List<string>(description.Outcomes);
        if (description.OutcomesFrom == "Cases")
            ports.AddRange(JsonRead.Objects(node.Json["cases"]).Select(c => JsonRead.Text(c["label"])).OfType<string>());
        else if (description.OutcomesFrom is { } input)
        {
            if (node.Inputs.FirstOrDefault(b => b.Input.Name == input) is not { } binding || Names(binding) is not { } names)
                return null;
            ports.AddRange(names);
            if (node.Type == "Elsa.RunJavaScript")
                ports.Add("Done");
        }

        return [.. ports.Distinct()];
    }

    private static IEnumerable<string>? Names(InputBinding binding)
    {
        if (binding.Expression is { Type: "Object" or "Json", Text: { } json })
        {
            try
            {
                return (ValueConversion.To(json, "String[]") as IEnumerable<object?>)?.Select(n => n?.ToString() ?? "");
            }
            catch (ExpressionException)
            {
                return null;
            }
        }

        if (!binding.IsConstant)
            return null;
        return binding.Constant is IEnumerable<object?> many ? many.Select(n => Convert.ToString(n, System.Globalization.CultureInfo.InvariantCulture) ?? "") : [];
    }
}
