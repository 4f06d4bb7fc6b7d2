using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Interop;
using JsEngine = Jint.Engine;

namespace Playbook.Engine.Expressions;

/// <summary>
/// One evaluation of one script in an engine of its own (2 µs to make), so that nothing a script leaves behind is seen by
/// another. Only the globals that the script reads are made.
/// </summary>
internal sealed class ScriptRun : IDisposable
{
    private static readonly TurnTime Clock = new();
    private static readonly Jint.Options Options = MakeOptions();

    // Nothing outside ever settles a promise: what is open after the script's own jobs stays open.
    private static readonly TimeSpan PromiseTime = TimeSpan.FromMilliseconds(20);

    private readonly JsEngine engine;

    private ScriptRun(PreparedScript script, IExpressionScope scope)
    {
        Script = script;
        Scope = scope;
        engine = new JsEngine(Options);
        if (script.NeedsGuards)
        {
            ScriptGuards.Install(engine);
        }

        Variables = new ScriptVariables(engine, scope);
    }

    public JsEngine Engine => engine;

    public PreparedScript Script { get; }

    public IExpressionScope Scope { get; }

    public ScriptVariables Variables { get; }

    public List<string>? Outcomes { get; set; }

    /// <summary>Evaluates a script; <paramref name="install"/> makes the globals that it reads.</summary>
    public static object? Evaluate(PreparedScript script, IExpressionScope scope, Action<ScriptRun> install, out IReadOnlyList<string>? outcomes)
    {
        var outer = TurnTime.Current;
        TurnTime.Current = scope.Now;
        try
        {
            using var run = new ScriptRun(script, scope);
            install(run);
            var result = run.Finish(run.engine.Evaluate(script.Script).UnwrapIfPromise(PromiseTime));
            outcomes = run.Outcomes;
            return result;
        }
        catch (Exception e) when (e is not ExpressionException)
        {
            throw Explain(e);
        }
        finally
        {
            TurnTime.Current = outer;
        }
    }

    public void Dispose() => engine.Dispose();

    // Getters and proxies in the result or the variables are script: they run as a call into the engine, under its limits.
    private object? Finish(JsValue result)
    {
        object? plain = null;
        var copyOut = new ClrFunction(engine, "copyOut", (_, arguments) =>
        {
            plain = ScriptValues.ToPlain(arguments[0]);
            Variables.WriteBack();
            return JsValue.Undefined;
        });
        engine.Invoke(copyOut, result);
        return plain;
    }

    private static Jint.Options MakeOptions()
    {
        var options = new Jint.Options { TimeSystem = Clock, TimeZone = TimeZoneInfo.Utc, Culture = System.Globalization.CultureInfo.InvariantCulture };
        options.MaxStatements(ExpressionLimits.Statements)
            .LimitMemory(ExpressionLimits.MemoryBytes)
            .TimeoutInterval(ExpressionLimits.Time)
            .LimitRecursion(ExpressionLimits.Recursion)
            .RegexTimeoutInterval(ExpressionLimits.RegexTime)
            .MaxArraySize(ExpressionLimits.ArrayLength);
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.PromiseTimeout = ExpressionLimits.Time;
        options.AgentCanSuspend = false;
        options.Host.StringCompilationAllowed = false;
        options.Interop.AllowGetType = false;
        options.Interop.AllowWrite = false;
        return options;
    }

    private static ExpressionException Explain(Exception e) => e switch
    {
        // A script's own error keeps its own words, as in Elsa.
        JavaScriptException own => new ExpressionException(own.Message, own),
        StatementsCountOverflowException => new ExpressionException($"The script ran more than {ExpressionLimits.Statements:N0} statements and was stopped.", e),
        System.Text.RegularExpressions.RegexMatchTimeoutException => new ExpressionException($"A regular expression ran longer than {ExpressionLimits.RegexTime.TotalMilliseconds:0} ms and was stopped.", e),
        TimeoutException => new ExpressionException($"The script ran longer than {ExpressionLimits.Time.TotalSeconds:0} s and was stopped.", e),
        MemoryLimitExceededException => new ExpressionException($"The script used more than {ExpressionLimits.MemoryBytes / 1024 / 1024} MB of memory and was stopped.", e),
        RecursionDepthOverflowException => new ExpressionException($"The script called itself more than {ExpressionLimits.Recursion} levels deep and was stopped.", e),
        InsufficientExecutionStackException => new ExpressionException("The script is nested too deeply and was stopped.", e),
        PromiseRejectedException { Message: var said } when said.Contains("Timeout of", StringComparison.Ordinal) =>
            new ExpressionException("The script waits for a promise that nothing keeps.", e),
        PromiseRejectedException rejected => new ExpressionException(rejected.Message, e),
        _ => new ExpressionException($"The script failed: {e.Message}", e),
    };

    /// <summary>The clock of all engines: the time of the turn that is being evaluated on this thread.</summary>
    private sealed class TurnTime : ITimeSystem
    {
        [ThreadStatic]
        private static DateTimeOffset current;

        private readonly DefaultTimeSystem parsing = new(TimeZoneInfo.Utc, System.Globalization.CultureInfo.InvariantCulture);

        public static DateTimeOffset Current { get => current; set => current = value; }

        public TimeZoneInfo DefaultTimeZone => TimeZoneInfo.Utc;

        public DateTimeOffset GetUtcNow() => current.ToUniversalTime();

        public bool TryParse(string date, out long epochMilliseconds) => parsing.TryParse(date, out epochMilliseconds);

        public TimeSpan GetUtcOffset(long epochMilliseconds) => TimeSpan.Zero;
    }
}
