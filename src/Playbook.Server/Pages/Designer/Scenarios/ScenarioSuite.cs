using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;
using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer.Scenarios;

/// <summary>One scenario and how it went.</summary>
/// <param name="File">The file's name: <c>verbal-opt-in.json</c>.</param>
/// <param name="Name">What it shows, in a sentence; the file's name where it cannot be read.</param>
/// <param name="Result">Null until it has run.</param>
public sealed record ScenarioRow(string File, string Name, string Text, ScenarioResult? Result)
{
    public bool Passed => Result is { Passed: true };
}

/// <summary>Runs all scenarios of a playbook, away from the thread that asks.</summary>
public sealed class ScenarioSuite(RunEngine engine)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The scenarios among the texts, not run yet.</summary>
    public static IReadOnlyList<ScenarioRow> Read(IEnumerable<ContentText> texts) =>
        [.. texts.Where(text => text.Kind == DefinitionTextKind.Scenario).OrderBy(text => text.Name, StringComparer.Ordinal).Select(text => new ScenarioRow(text.Name, NameOf(text), text.Text, null))];

    /// <summary>Runs them in their order; <paramref name="done"/> is told of each as it ends.</summary>
    public Task Run(CompiledPlaybook playbook, IReadOnlyList<ScenarioRow> rows, Action<ScenarioRow> done, CancellationToken cancellationToken) => Task.Run(async () =>
    {
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            done(row with { Result = await RunOne(playbook, row, cancellationToken) });
        }
    }, cancellationToken);

    private async Task<ScenarioResult> RunOne(CompiledPlaybook playbook, ScenarioRow row, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            return await new ScenarioRunner(engine).Run(playbook.Definition, playbook.Scripts, Scenario.Read(row.Text), limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ScenarioResult(row.Name, $"It ran longer than {Limit.TotalSeconds:0} s and was given up.", []);
        }
        catch (Exception fault) when (fault is ScenarioException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return new ScenarioResult(row.Name, fault.Message, []);
        }
    }

    private static string NameOf(ContentText text)
    {
        try
        {
            return Scenario.Read(text.Text).Name;
        }
        catch (ScenarioException)
        {
            // Running it says what is wrong with it.
            return text.Name;
        }
    }
}
