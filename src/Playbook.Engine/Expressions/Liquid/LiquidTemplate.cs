using System.Diagnostics;
using Fluid;
using Fluid.Values;

namespace Playbook.Engine.Expressions;

/// <summary>A Liquid text parsed once, with Elsa's names: <c>Variables.X</c>, <c>Input.X</c>, <c>CorrelationId</c> …, and the subject's facts.</summary>
internal sealed class LiquidTemplate
{
    private static readonly LiquidParser Parser = new();
    private static readonly TemplateOptions Options = LiquidLimits.Apply(new TemplateOptions
    {
        CultureInfo = System.Globalization.CultureInfo.InvariantCulture,
        TimeZone = TimeZoneInfo.Utc,
        MaxSteps = ExpressionLimits.LiquidSteps,
        MaxRecursion = ExpressionLimits.LiquidRecursion,
    });

    private LiquidTemplate(IFluidTemplate parsed) => Parsed = parsed;

    public IFluidTemplate Parsed { get; }

    public static IEnumerable<string> FilterNames => Options.Filters.Select(filter => filter.Key);

    public static LiquidTemplate Parse(string text)
    {
        ExpressionLimits.CheckText("template", text);
        try
        {
            return Parser.TryParse(text, out var parsed, out var error)
                ? new LiquidTemplate(new LiquidRanges().VisitTemplate(parsed))
                : throw new ExpressionException($"The Liquid template is broken: {error}");
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new ExpressionException("The Liquid template is nested too deeply to be read.", e);
        }
    }

    public string Render(IExpressionScope scope)
    {
        var context = new TemplateContext(Options) { Now = () => scope.Now };
        context.AmbientValues[LiquidLimits.StartedKey] = Stopwatch.GetTimestamp();
        context.SetValue("Variables", new DictionaryValue(new Named(scope.VariableNames, scope.TryGetVariable)));
        context.SetValue("Input", new DictionaryValue(new Named(scope.Input.Keys, scope.Input.TryGetValue)));
        context.SetValue("CorrelationId", Value(scope.Run.CorrelationId));
        context.SetValue("WorkflowInstanceId", Value(scope.Run.InstanceId));
        context.SetValue("WorkflowDefinitionId", Value(scope.Run.DefinitionId));
        context.SetValue("WorkflowDefinitionVersionId", Value(scope.Run.DefinitionVersionId));
        context.SetValue("WorkflowDefinitionVersion", Value(scope.Run.DefinitionVersion));
        context.SetValue("now", Value(scope.Now));
        foreach (var (name, fact) in scope.Facts)
        {
            context.SetValue(name, Value(fact));
        }

        using var output = new LimitedWriter(context);
        try
        {
            var rendering = Parsed.RenderAsync(output, NullEncoder.Default, context);
            if (!rendering.IsCompleted)
            {
                throw new ExpressionException("The Liquid template did something that takes time and was stopped.");
            }

            rendering.GetAwaiter().GetResult();
            return output.ToString();
        }
        catch (Exception e) when (e is not ExpressionException)
        {
            throw Explain(e);
        }
    }

    // Fluid says "recursion" for both of its counts.
    private static ExpressionException Explain(Exception e) => e switch
    {
        FileNotFoundException => new ExpressionException("A Liquid template cannot include another one here.", e),
        _ when e.Message.Contains("recursion", StringComparison.OrdinalIgnoreCase) =>
            new ExpressionException($"The template took more than {ExpressionLimits.LiquidSteps:N0} steps and was stopped.", e),
        _ => new ExpressionException($"The Liquid template failed: {e.Message}", e),
    };

    private static FluidValue Value(object? value) => FluidValue.Create(value is Guid guid ? guid.ToString() : value, Options);

    private sealed class Named(IEnumerable<string> names, NamedLookup find) : IFluidIndexable
    {
        public int Count => names.Count();

        public IEnumerable<string> Keys => names;

        public bool TryGetValue(string name, out FluidValue value)
        {
            var found = find(name, out var known);
            value = found ? Value(known) : NilValue.Instance;
            return found;
        }
    }
}
