using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Playbook.Engine.Expressions;

/// <summary>
/// Fluid counts steps, but neither time nor size: so every filter looks at the clock and at what it made, and text goes
/// through writers that end.
/// </summary>
internal static class LiquidLimits
{
    public const string StartedKey = "started";

    public static TemplateOptions Apply(TemplateOptions options)
    {
        options.Filters.AddFilter("base64", (input, _, _) => new(ToBase64(input)));
        options.Filters.AddFilter("keys", (input, _, _) => new(Keys(input)));
        foreach (var (name, filter) in options.Filters.ToList())
        {
            options.Filters.AddFilter(name, (input, arguments, context) => Guarded(name, filter, input, arguments, context));
        }

        return options;
    }

    public static void CheckTime(TemplateContext context)
    {
        if (Stopwatch.GetElapsedTime((long)context.AmbientValues[StartedKey]) > ExpressionLimits.Time)
        {
            throw new ExpressionException($"The template ran longer than {ExpressionLimits.Time.TotalSeconds:0} s and was stopped.");
        }
    }

    public static ExpressionException TooLong() =>
        new($"The template made more than {ExpressionLimits.OutputLength:N0} characters of text and was stopped.");

    private static ValueTask<FluidValue> Guarded(string name, FilterDelegate filter, FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        CheckTime(context);
        var expected = name switch
        {
            "replace" => Replaced(input.ToStringValue(), arguments.At(0).ToStringValue(), arguments.At(1).ToStringValue()),
            "join" when input is ArrayValue array => Joined(array, arguments.At(0).ToStringValue(), context),
            _ => 0,
        };
        if (expected > ExpressionLimits.OutputLength)
        {
            throw TooLong();
        }

        var result = filter(input, arguments, context);
        return result.IsCompletedSuccessfully ? new ValueTask<FluidValue>(SmallEnough(result.Result)) : result;
    }

    private static FluidValue SmallEnough(FluidValue value) => value switch
    {
        StringValue text when text.ToStringValue().Length > ExpressionLimits.OutputLength => throw TooLong(),
        ArrayValue items when items.Values.Count > ExpressionLimits.Loops =>
            throw new ExpressionException($"The template made a list of more than {ExpressionLimits.Loops:N0} items and was stopped."),
        _ => value,
    };

    private static long Replaced(string text, string search, string replacement) =>
        text.Length + (search.Length == 0 ? 0 : (long)(text.Length / search.Length) * replacement.Length);

    private static long Joined(ArrayValue array, string separator, TemplateContext context) =>
        array.Enumerate(context).Sum(item => (item is StringValue ? item.ToStringValue().Length : 0L) + separator.Length);

    // As Elsa's filter of that name: text as it is, everything else as JSON.
    private static FluidValue ToBase64(FluidValue input)
    {
        var text = input.Type switch
        {
            FluidValues.Nil => null,
            FluidValues.String or FluidValues.Number => input.ToStringValue(),
            FluidValues.Boolean => input.ToBooleanValue() ? "True" : "False",
            _ => JsonSerializer.Serialize(input.ToObjectValue()),
        };
        return text is null ? NilValue.Instance : new StringValue(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
    }

    private static ArrayValue Keys(FluidValue input) =>
        input.ToObjectValue() switch
        {
            IFluidIndexable members => new ArrayValue(members.Keys.Select(key => new StringValue(key)).ToArray<FluidValue>()),
            IDictionary<string, object?> members => new ArrayValue(members.Keys.Select(key => new StringValue(key)).ToArray<FluidValue>()),
            _ => throw new ExpressionException("The Liquid filter 'keys' works on objects only."),
        };
}

/// <summary>Liquid as Elsa parses it, with a capture that ends.</summary>
internal sealed class LiquidParser : FluidParser
{
    public LiquidParser()
    {
        RegisterIdentifierBlock("capture", Capture);
        RegisteredTags.Remove("ifchanged");
    }

    private static async ValueTask<Completion> Capture(string name, IReadOnlyList<Statement> statements, TextWriter output, TextEncoder encoder, TemplateContext context)
    {
        using var writer = new LimitedWriter(context);
        var completion = Completion.Normal;
        foreach (var statement in statements)
        {
            completion = await statement.WriteToAsync(writer, encoder, context);
            if (completion != Completion.Normal)
            {
                break;
            }
        }

        context.SetValue(name, new StringValue(writer.ToString()));
        return completion;
    }
}

/// <summary>Text in memory that ends at the limit, and looks at the clock.</summary>
internal sealed class LimitedWriter(TemplateContext context) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Check(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char[] buffer, int index, int count)
    {
        Write(buffer, index, count);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return Task.CompletedTask;
    }

    private void Check(int more)
    {
        LiquidLimits.CheckTime(context);
        if (GetStringBuilder().Length + more > ExpressionLimits.OutputLength)
        {
            throw LiquidLimits.TooLong();
        }
    }
}
