using Playbook.Server.Commands.Conformance;

namespace Playbook.Server.Tests.Conformance;

public sealed class TraceTests
{
    private static readonly string[] Designed =
        ["variable-not-persisted", "input-not-persisted", "quirk-cancel-signal", "quirk-double-completed", "quirk-runs-after-root-completed", "expr-csharp"];

    [Fact]
    public async Task Every_recorded_case_passes_or_differs_by_design()
    {
        var cases = Traces.AllOrSkip();

        var failed = new List<ConformanceResult>();
        foreach (var @case in cases)
            if (await ConformanceTrial.Judge(@case, TestContext.Current.CancellationToken) is { Verdict: Verdict.Failed } result)
                failed.Add(result);

        Assert.Equal(300, cases.Count);
        Assert.Empty(failed);
    }

    [Fact]
    public async Task Without_its_label_no_case_differs_by_design()
    {
        foreach (var @case in Traces.AllOrSkip().Where(c => c.Labels.Any(l => Designed.Contains(l))))
        {
            var bare = @case with { Labels = [.. @case.Labels.Except(Designed)] };

            Assert.NotEqual(Verdict.DiffersByDesign, (await ConformanceTrial.Judge(bare, TestContext.Current.CancellationToken)).Verdict);
        }
    }

    [Fact]
    public async Task Any_other_label_explains_nothing()
    {
        foreach (var @case in Traces.AllOrSkip().Where(c => c.Labels.Any(l => Designed.Contains(l))))
        {
            var before = await ConformanceTrial.Judge(@case, TestContext.Current.CancellationToken);
            if (before.Reason is null)
                continue;
            var other = @case with { Labels = [.. @case.Labels.Except(before.Reason.Split(", "))] };

            Assert.Equal(Verdict.Failed, (await ConformanceTrial.Judge(other, TestContext.Current.CancellationToken)).Verdict);
        }
    }
}
