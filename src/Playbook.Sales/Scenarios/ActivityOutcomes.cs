using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Sales.Activities;

namespace Playbook.Sales.Scenarios;

/// <summary>What somebody can answer to a step, as far as its drawing tells.</summary>
public static class ActivityOutcomes
{
    /// <summary>Null where they are only known while it runs.</summary>
    public static IReadOnlyList<string>? Of(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.Description is not { } description)
            return null;
        // Who takes a baton presses other words than the ports that follow from them.
        if (description.Type == HandOver.Type)
            return [HandOver.Accept, HandOver.Return];
        if (description.OutcomesFrom is not { } from)
            return description.Outcomes;
        var binding = node.Inputs.FirstOrDefault(i => i.Input.Name == from);
        return Names(binding) is { } names ? [.. names, .. description.Outcomes] : null;
    }

    private static IEnumerable<string>? Names(InputBinding? binding)
    {
        if (binding is { IsConstant: true, Constant: IEnumerable<object?> values })
            return values.OfType<string>();
        if (binding?.Expression is not { Type: "Object" or "Json", Text: { } text })
            return null;
        try
        {
            return (JsonNode.Parse(text) as JsonArray)?.OfType<JsonValue>().Select(value => value.ToString()).ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
