using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Playbook.Engine.Expressions;

/// <summary>A Scriban context under our limits, pooled. Values of the run are read-only to a template, names are strict.</summary>
internal sealed class ScribanContext : TemplateContext, IDisposable
{
    private CancellationTokenSource timer = new();

    public ScribanContext()
        : this(new Current())
    {
    }

    private ScribanContext(Current current)
        : base(ScribanBuiltins.Make(() => current.Context!.Scope))
    {
        current.Context = this;
        StrictVariables = true;
        EnableRelaxedTargetAccess = true;
        LoopLimit = ExpressionLimits.Loops;
        RecursiveLimit = ExpressionLimits.TemplateRecursion;
        ObjectRecursionLimit = ExpressionLimits.TemplateRecursion;
        RegexTimeOut = ExpressionLimits.RegexTime;
        OutputLimit = ExpressionLimits.OutputLength;
        LimitToString = ExpressionLimits.OutputLength;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        TryGetVariable = MissingVariable;
        TryGetMember = MissingMember;
    }

    /// <summary>The scope of the render that is under way.</summary>
    public IExpressionScope Scope { get; private set; } = null!;

    public ScribanGlobals Globals { get; private set; } = null!;

    /// <summary>Where gaps are gathered; null where an empty value is just empty text and an unknown name an error at once.</summary>
    public ScriptGaps? Gaps { get; private set; }

    /// <summary>Where it is kept what was written by which hand; null where nobody asks.</summary>
    public ScriptMarks? Marks { get; private set; }

    public void Dispose() => timer.Dispose();

    public void Begin(IExpressionScope scope, IReadOnlyDictionary<string, object?>? extra, ScriptGaps? gaps, ScriptMarks? marks)
    {
        Scope = scope;
        Gaps = gaps;
        Marks = marks;
        Globals = new ScribanGlobals(scope, extra);
        if (!timer.TryReset())
        {
            timer.Dispose();
            timer = new CancellationTokenSource();
        }

        timer.CancelAfter(ExpressionLimits.Time);
        CancellationToken = timer.Token;
        PushGlobal(Globals);
    }

    public void End()
    {
        timer.CancelAfter(Timeout.InfiniteTimeSpan);
        PopGlobal();
        Reset();
        Scope = null!;
        Globals = null!;
        Gaps = null;
        Marks = null;
    }

    /// <summary>Writes a value, and marks it where it goes straight into the text (not into a capture).</summary>
    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        if (Marks is null || OutputCount != 1 || Output is not StringBuilderOutput { Builder: { } text })
        {
            return base.Write(span, textAsObject!);
        }

        var start = text.Length;
        base.Write(span, textAsObject!);
        Marks.Written(start, text.Length - start);
        return this;
    }

    /// <summary>A name or member that nobody knows: gathered, or an error at once.</summary>
    public void Unknown(string name, IEnumerable<string> candidates, string prefix, SourceSpan span)
    {
        var gap = new ScriptGap(prefix + name, span.Start.Line + 1)
        {
            IsUnknown = true,
            Suggestion = DidYouMean.Suggest(name, candidates) is { } suggestion ? prefix + suggestion : null,
        };
        if (Gaps is null)
        {
            throw new ExpressionException(gap.ToString());
        }

        Gaps.Add(gap);
    }

    public override object? ToObject(SourceSpan span, object? value, Type destinationType) =>
        value is DateTimeOffset time && (destinationType == typeof(DateTime) || destinationType == typeof(DateTime?)) ? time.UtcDateTime : base.ToObject(span, value, destinationType);

    public override string? ObjectToString(object? value, bool nested = false) =>
        base.ObjectToString(value is DateTimeOffset time ? time.UtcDateTime : value, nested);

    protected override IObjectAccessor? GetMemberAccessorImpl(object target) => target switch
    {
        Dictionary<string, object?> or NamedValues => ReadOnlyMembers.Instance,
        _ => base.GetMemberAccessorImpl(target),
    };

    protected override IListAccessor? GetListAccessorImpl(object target, Type type) =>
        target is List<object?> ? ReadOnlyItems.Instance : base.GetListAccessorImpl(target, type);

    private static bool MissingVariable(TemplateContext context, SourceSpan span, ScriptVariable variable, out object? value)
    {
        value = null;
        var own = (ScribanContext)context;
        own.Unknown(variable.Name, own.Globals.KnownNames, "", span);
        return true;
    }

    private static bool MissingMember(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        value = null;
        var own = (ScribanContext)context;
        if (target is NamedValues values)
        {
            own.Unknown(member, values.Names, values.Prefix, span);
        }
        else if (own.Globals.FactOf(target) is { } fact && FactSchema.IsUnknown(fact, member))
        {
            own.Unknown(member, FactSchema.Members[fact], fact + ".", span);
        }

        return true;
    }

    // The functions are made before the context is: this leads from the one to the other.
    private sealed class Current
    {
        public ScribanContext? Context { get; set; }
    }
}
