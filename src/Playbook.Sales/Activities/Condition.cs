using System.Globalization;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Activities;

/// <summary>A yes-or-no expression that stands inside an input.</summary>
internal sealed record Condition(string Type, string Text)
{
    public const string Cure = """write it as {"type": "JavaScript", "value": "contact.score > 50"}""";

    /// <summary>Reads <c>{type, value}</c>, also where it still has Elsa's <c>expression</c> around it.</summary>
    public static Condition? Read(object? value)
    {
        if (value is bool known)
            return new Condition("Literal", known ? "true" : "false");
        if (!FactPath.TryMap(value, out var map))
            return null;
        if (map.GetValueOrDefault("expression") is { } inner)
            return Read(inner);
        var text = map.GetValueOrDefault("value") switch
        {
            string written => written,
            bool flag => flag ? "true" : "false",
            _ => null,
        };
        return map.GetValueOrDefault("type") is string { Length: > 0 } type && !string.IsNullOrWhiteSpace(text) ? new Condition(type, text) : null;
    }

    /// <summary>
    /// Nothing, false, zero, an empty text and the text <c>false</c> (all that Liquid can answer) mean no; any other value
    /// means yes, so that <c>contact.email</c> asks whether there is one.
    /// </summary>
    public bool IsMet(IActivityContext context) => context.Evaluate(Type, Text) switch
    {
        null => false,
        bool answer => answer,
        double.NaN => false,
        string text => text.Trim() is { Length: > 0 } word && !string.Equals(word, "false", StringComparison.OrdinalIgnoreCase),
        IConvertible number when Numbers.TryRead(number, out var amount) => amount != 0,
        _ => true,
    };
}
