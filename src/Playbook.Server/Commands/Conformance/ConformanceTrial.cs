using Playbook.Engine.Expressions;

namespace Playbook.Server.Commands.Conformance;

/// <summary>Judges one case in bounded time; whatever goes wrong on the way is that case's failure and nobody else's.</summary>
internal static class ConformanceTrial
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<ConformanceResult> Judge(ConformanceCase @case, CancellationToken cancellation)
    {
        // The expressions' caches grow with every definition; one judge for each case keeps nothing.
        var parts = new EngineParts();
        var judge = new ConformanceJudge(new ConformanceRun(parts.Engine, parts.Compiler));
        try
        {
            return await Task.Run(() => judge.Judge(@case), cancellation).WaitAsync(Limit, cancellation);
        }
        catch (TimeoutException)
        {
            return new(@case.Name, Verdict.Failed, $"it ran longer than {Limit.TotalSeconds:0} s and was given up");
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            return new(@case.Name, Verdict.Failed, e is ExpressionException ? e.Message : $"it stopped unexpectedly: {e.GetType().Name}: {e.Message}");
        }
    }
}
