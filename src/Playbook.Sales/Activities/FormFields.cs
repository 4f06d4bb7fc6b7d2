using System.Collections;
using System.Text.RegularExpressions;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Activities;

/// <summary>Reads the fields of a guided step's form from its input.</summary>
internal static class FormFields
{
    public static readonly IReadOnlyList<string> Types = ["text", "multiline", "number", "date", "datetime", "checkbox", "choice", "email", "phone"];

    private const string Cure = """write each as {"name": "pain", "label": "What hurts?", "type": "text", "required": true}""";

    public static IReadOnlyList<FormField> Read(StepInputs inputs, string input, IReadOnlyList<string> outcomes)
    {
        var fields = new List<FormField>();
        var place = 0;
        foreach (var item in inputs.List(input, Cure))
        {
            place++;
            if (!FactPath.TryMap(item, out var map))
                inputs.Problem(input, $"has {StepInputs.Shape(item)} in place {place} where a field belongs", Cure);
            else if (map.GetValueOrDefault("name") is not string name || string.IsNullOrWhiteSpace(name))
                inputs.Problem(input, $"has a field without a name in place {place}", Cure);
            else if (fields.Exists(field => field.Name == name.Trim()))
                inputs.Problem(input, $"names the field '{name.Trim()}' twice", "give each field a name of its own");
            else
                fields.Add(Field(new Part(inputs, input, name.Trim(), map), outcomes));
        }
        return fields;
    }

    private static FormField Field(Part part, IReadOnlyList<string> outcomes)
    {
        var requiredFor = part.Names("requiredFor");
        foreach (var stranger in requiredFor.Where(outcome => !outcomes.Contains(outcome)))
            part.Problem($"is required for '{stranger}', which is not an outcome of the step", $"choose from {string.Join(", ", outcomes)}");
        var field = new FormField(part.Name, part.Text("label") ?? part.Name, Type(part))
        {
            // Naming outcomes is enough: nobody lists them to say that the field may stay empty.
            Required = part.Flag("required") ?? requiredFor.Count > 0,
            RequiredFor = requiredFor,
            Options = part.Names("options"),
            Min = part.Number("min"),
            Max = part.Number("max"),
            Pattern = Pattern(part),
        };
        if (field.Type == "choice" && field.Options.Count == 0)
            part.Problem("is a choice without options", "list what to choose from in 'options'");
        if (field.Min > field.Max)
            part.Problem("allows nothing, because its 'min' is above its 'max'", "swap the two");
        return field;
    }

    private static string Type(Part part)
    {
        var type = part.Text("type") ?? "text";
        if (!Types.Contains(type))
            part.Problem($"has the unknown type '{type}'", $"choose from {string.Join(", ", Types)}");
        return type;
    }

    private static string? Pattern(Part part)
    {
        if (part.Text("pattern") is not { } pattern)
            return null;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return pattern;
        }
        catch (ArgumentException failure)
        {
            part.Problem($"has a pattern that is not a regular expression ({failure.Message.TrimEnd('.')})", "correct it or leave it out");
            return null;
        }
    }

    private sealed record Part(StepInputs Inputs, string Input, string Name, IReadOnlyDictionary<string, object?> Map)
    {
        public void Problem(string cause, string cure) => Inputs.Problem(Input, $"has a field '{Name}' that {cause}", cure);

        public string? Text(string key) => Take(key, value => (value as string)?.Trim(), "a text") is { Length: > 0 } text ? text : null;

        public bool? Flag(string key) => Take(key, value => value as bool?, "true or false");

        public decimal? Number(string key) => Take(key, value => Numbers.TryRead(value, out var number) ? number : (decimal?)null, "a number");

        public List<string> Names(string key) =>
            Take(key, value => value is IEnumerable items and not string && items.Cast<object?>().All(item => item is string) ? items.Cast<string>().ToList() : null, "a list of texts") ?? [];

        private T? Take<T>(string key, Func<object, T?> read, string kind)
        {
            if (Map.GetValueOrDefault(key) is not { } value)
                return default;
            var taken = read(value);
            if (taken is null)
                Problem($"has {StepInputs.Shape(value)} as '{key}'", $"write {kind}");
            return taken;
        }
    }
}
