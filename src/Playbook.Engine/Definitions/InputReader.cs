using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions;

/// <summary>Reads one input of an activity and converts it once and for all where nothing has to be evaluated.</summary>
internal static class InputReader
{
    public static InputBinding Read(InputDescription input, JsonObject activity)
    {
        var raw = activity[JsonRead.CamelCase(input.Name)];
        if (input.SelfEvaluated)
            return new InputBinding(input, null, raw) { IsConstant = true, Constant = PlainJson.From(raw is JsonObject wrapped && wrapped["expression"] is { } inner ? inner : raw) };

        Expression? expression = raw switch
        {
            JsonObject wrapped when wrapped.ContainsKey("expression") => JsonRead.Expression(wrapped["expression"]),
            JsonObject bare when bare.ContainsKey("type") && bare.ContainsKey("value") => JsonRead.Expression(bare),
            JsonValue value when value.GetValueKind() != JsonValueKind.Null => new Expression("Literal", JsonRead.Text(value)) { Value = value.GetValueKind() == JsonValueKind.String ? null : PlainJson.From(value) },
            JsonArray array => new Expression("Object", array.ToJsonString()),
            _ => null,
        };
        if (expression is null)
            return new InputBinding(input, null, raw) { IsConstant = true, Constant = input.Default is null ? ValueConversion.To(null, input.Type) : ValueConversion.To(input.Default, input.Type) };
        if (!IsFixed(expression))
            return new InputBinding(input, expression, raw);
        try
        {
            var value = expression.Value ?? (expression.IsLiteral || !string.IsNullOrWhiteSpace(expression.Text) ? expression.Text : null);
            return new InputBinding(input, expression, raw) { IsConstant = true, Constant = ValueConversion.To(value, input.Type) };
        }
        catch (ExpressionException)
        {
            // The value does not fit its type: the run faults there with the reason, as Elsa's does, and validation says so before.
            return new InputBinding(input, expression, raw);
        }
    }

    private static bool IsFixed(Expression expression) => expression.IsLiteral || expression.Type is "Object" or "Json";
}
