using System.Globalization;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Activities;

/// <summary>One thing that must hold, in words and as a condition.</summary>
internal sealed record Criterion(string Label, decimal Weight, bool Required, Condition Condition)
{
    private const decimal Heaviest = 1_000_000;
    private const string Shape = """write each as {"label": "Has a budget", "weight": 2, "condition": {"type": "JavaScript", "value": "getBudget() > 0"}}""";

    public static IReadOnlyList<Criterion> ReadAll(StepInputs inputs, string input)
    {
        var criteria = new List<Criterion>();
        var place = 0;
        foreach (var item in inputs.List(input, Shape))
        {
            place++;
            if (FactPath.TryMap(item, out var map))
                Read(inputs, input, place, map, criteria);
            else
                inputs.Problem(input, $"has {StepInputs.Shape(item)} in place {place} where a criterion belongs", Shape);
        }
        return criteria;
    }

    /// <summary>Whether it is met; a condition that cannot be evaluated counts against the playbook, not against the contact.</summary>
    public bool IsMet(StepInputs inputs, string input)
    {
        try
        {
            return Condition.IsMet(inputs.Context);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            inputs.Problem(input, $"has a criterion '{Label}' whose condition cannot be evaluated ({failure.Message.TrimEnd('.')})", $"correct the {Condition.Type} expression '{Condition.Text}'");
            return false;
        }
    }

    private static void Read(StepInputs inputs, string input, int place, IReadOnlyDictionary<string, object?> map, List<Criterion> criteria)
    {
        var label = map.GetValueOrDefault("label") as string;
        var name = string.IsNullOrWhiteSpace(label) ? $"in place {place}" : $"'{label.Trim()}'";
        var weight = 1m;
        if (string.IsNullOrWhiteSpace(label))
            inputs.Problem(input, $"has a criterion without a label in place {place}", Shape);
        if (map.GetValueOrDefault("weight") is { } given && (!Numbers.TryRead(given, out weight) || weight <= 0 || weight > Heaviest))
            inputs.Problem(input, $"has a criterion {name} whose weight is {StepInputs.Shape(given)}", $"write a weight above 0 and up to {Heaviest.ToString("N0", CultureInfo.InvariantCulture)}");
        if (map.GetValueOrDefault("required") is { } required and not bool)
            inputs.Problem(input, $"has a criterion {name} whose 'required' is {StepInputs.Shape(required)}", "write true or false");
        if (Condition.Read(map.GetValueOrDefault("condition")) is not { } condition)
            inputs.Problem(input, $"has a criterion {name} without a condition", Condition.Cure);
        else
            criteria.Add(new Criterion(label?.Trim() ?? name, weight, map.GetValueOrDefault("required") is true, condition));
    }
}
