using System.Collections;
using System.ComponentModel;
using System.Globalization;

namespace Playbook.Engine.Expressions;

/// <summary>
/// Converts plain values by the rules of Elsa's object converter, always in the invariant culture and in UTC. What cannot
/// be converted becomes the type's default (0, false, null …) without an error, as in Elsa; only numbers that do not fit
/// and broken JSON are errors. <see cref="Fits"/> tells such values apart beforehand.
/// </summary>
public static class ValueConversion
{
    /// <summary>The value as <paramref name="typeName"/>: an alias such as Int32 or String[], or a CLR name.</summary>
    public static object? To(object? value, string typeName) => To(value, TypeShape.Of(typeName), out _);

    /// <summary>Whether the value converts without falling back to the type's default or failing.</summary>
    public static bool Fits(object? value, string typeName)
    {
        try
        {
            To(value, TypeShape.Of(typeName), out var lost);
            return !lost;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    internal static string? Text(object? value) => (string?)To(value, "String");

    private static object? To(object? value, TypeShape shape, out bool lost)
    {
        lost = false;
        try
        {
            return value switch
            {
                null => null,
                string text => FromText(text, shape, out lost),
                _ => FromValue(value, shape, out lost),
            };
        }
        catch (OverflowException e)
        {
            throw new ExpressionException($"{Convert.ToString(value, CultureInfo.InvariantCulture)} does not fit into {shape.Kind}.", e);
        }
    }

    private static object? FromValue(object value, TypeShape shape, out bool lost)
    {
        lost = false;
        var culture = CultureInfo.InvariantCulture;
        switch (shape.Kind)
        {
            case ValueKind.Object or ValueKind.Json:
                return value;
            case ValueKind.Text:
                return AsText(value);
            case ValueKind.Opaque:
                return value is IEnumerable ? value : AsText(value);
            case ValueKind.List:
                lost = value is not List<object?>;
                return value is List<object?> items ? items.ConvertAll(item => To(item, shape.Element!, out _)) : null;
            case ValueKind.DateTime when value is DateTimeOffset offset:
                return offset.DateTime;
            case ValueKind.DateTimeOffset when value is DateTime time:
                return new DateTimeOffset(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc));
            case ValueKind.DateTime when value is DateTime:
            case ValueKind.DateTimeOffset when value is DateTimeOffset:
            case ValueKind.TimeSpan when value is TimeSpan:
            case ValueKind.Guid when value is Guid:
                return value;
        }

        lost = value is not (bool or int or long or double or decimal) || shape.Kind is ValueKind.DateTime or ValueKind.DateTimeOffset or ValueKind.TimeSpan or ValueKind.Guid;
        return lost
            ? Default(shape.Kind)
            : shape.Kind switch
            {
                ValueKind.Boolean => Convert.ToBoolean(value, culture),
                ValueKind.Int16 => (int)Convert.ToInt16(value, culture),
                ValueKind.Int32 => Convert.ToInt32(value, culture),
                ValueKind.Int64 => Convert.ToInt64(value, culture),
                ValueKind.Single => (double)Convert.ToSingle(value, culture),
                ValueKind.Double => Convert.ToDouble(value, culture),
                _ => Convert.ToDecimal(value, culture),
            };
    }

    private static object? FromText(string text, TypeShape shape, out bool lost)
    {
        lost = false;
        switch (shape.Kind)
        {
            case ValueKind.Text or ValueKind.Object or ValueKind.Opaque:
                return text;
            case ValueKind.Json:
                return JsonValues.LooksLikeJson(text) ? JsonValues.Parse(text) : text;
            case ValueKind.List when JsonValues.LooksLikeJson(text):
                return FromValue(JsonValues.Parse(text)!, shape, out lost);
            case ValueKind.List:
                return string.IsNullOrWhiteSpace(text) ? null : new List<object?> { To(text, shape.Element!, out lost) };
        }

        if (Scalar(text, shape.Kind) is { } value)
        {
            return value;
        }

        lost = true;
        return string.IsNullOrWhiteSpace(text) ? null : Default(shape.Kind);
    }

    private static object? Scalar(string text, ValueKind kind)
    {
        var culture = CultureInfo.InvariantCulture;
        return kind switch
        {
            ValueKind.Boolean => bool.TryParse(text.Trim(), out var flag) ? flag : null,
            ValueKind.Int16 => Whole(text) is { } small ? (int)checked((short)small) : null,
            ValueKind.Int32 => Whole(text) is { } middle ? checked((int)middle) : null,
            ValueKind.Int64 => Whole(text),
            ValueKind.Single or ValueKind.Double =>
                double.TryParse(text, NumberStyles.Float, culture, out var real) ? kind is ValueKind.Single ? (float)real : real : null,
            ValueKind.Decimal => decimal.TryParse(text, NumberStyles.Float, culture, out var exact) ? exact : null,
            ValueKind.TimeSpan => TimeSpan.TryParse(text, culture, out var span) ? span : null,
            ValueKind.Guid => Guid.TryParse(text, out var guid) ? guid : null,
            ValueKind.DateTime => text.Length == 0 ? default(DateTime)
                : DateTime.TryParse(text, culture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null,
            ValueKind.DateTimeOffset => text.Length == 0 ? default(DateTimeOffset)
                : DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out var offset) ? offset : null,
            _ => null,
        };
    }

    private static long? Whole(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(trimmed.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        }

        return long.TryParse(trimmed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) ? whole : null;
    }

    private static string AsText(object value)
    {
        var culture = CultureInfo.InvariantCulture;
        return value switch
        {
            string text => text,
            bool flag => flag ? "True" : "False",
            IEnumerable => JsonValues.Write(value),
            DateTime or DateTimeOffset =>
                TypeDescriptor.GetConverter(value.GetType()).ConvertToInvariantString(value) ?? "",
            IFormattable formattable => formattable.ToString(null, culture),
            _ => value.ToString() ?? "",
        };
    }

    private static object? Default(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => false,
        ValueKind.Int16 or ValueKind.Int32 => 0,
        ValueKind.Int64 => 0L,
        ValueKind.Single or ValueKind.Double => 0d,
        ValueKind.Decimal => 0m,
        ValueKind.DateTime => default(DateTime),
        ValueKind.DateTimeOffset => default(DateTimeOffset),
        ValueKind.TimeSpan => TimeSpan.Zero,
        ValueKind.Guid => Guid.Empty,
        _ => null,
    };
}
