using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Checks;
using Playbook.Sales.Scenarios;
using Playbook.Server.Definitions;

namespace Playbook.Server.Commands.Validate;

/// <summary>What is to be said of one playbook.</summary>
internal sealed record CheckedPlaybook(string Name, string File, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<ScenarioResult> Scenarios)
{
    public int Errors => Diagnostics.Count(d => d.Severity == Severity.Error) + Scenarios.Count(s => !s.Passed);

    public int Warnings => Diagnostics.Count(d => d.Severity == Severity.Warning);
}

/// <summary>Checks a playbook: the definition, its scripts, and whether its scenarios go as written.</summary>
internal sealed class PlaybookCheck(IReadOnlySet<string> neighbours)
{
    private static readonly TimeSpan ScenarioLimit = TimeSpan.FromSeconds(30);

    private readonly EngineParts _parts = new();

    public async Task<CheckedPlaybook> Check(PlaybookFolder playbook, CancellationToken cancellation)
    {
        var compiled = DefinitionFile.Open(playbook.File, out var problem) is { } document ? _parts.Compiler.Compile(document) : new CompileResult(null, [problem!]);
        var diagnostics = DefinitionChecker.Check(compiled, EngineParts.Catalog.Descriptions, Known(playbook, compiled.Definition));
        var scenarios = new List<ScenarioResult>();
        // With an error in the definition, what its scenarios do says nothing.
        if (compiled.Definition is { } definition && !diagnostics.Any(d => d.Severity == Severity.Error))
            foreach (var (name, text) in playbook.Scenarios.OrderBy(s => s.Key, StringComparer.Ordinal))
                scenarios.Add(await Try(definition, playbook, name, text, cancellation));
        return new CheckedPlaybook(playbook.Name, playbook.File, [.. playbook.Problems, .. diagnostics], scenarios);
    }

    private KnownNames Known(PlaybookFolder playbook, PlaybookDefinition? definition) => playbook.Scripts is null
        ? new KnownNames()
        : PlaybookNames.Known(definition, playbook.Scripts, neighbours, []);

    private async Task<ScenarioResult> Try(PlaybookDefinition definition, PlaybookFolder playbook, string file, string text, CancellationToken cancellation)
    {
        try
        {
            var scenario = Scenario.Read(text);
            var result = await Task.Run(() => new ScenarioRunner(_parts.Engine).Run(definition, playbook.Scripts!, scenario), cancellation).WaitAsync(ScenarioLimit, cancellation);
            return result with { Name = $"{file}: {result.Name}" };
        }
        catch (TimeoutException)
        {
            return new ScenarioResult(file, $"it ran longer than {ScenarioLimit.TotalSeconds:0} s and was given up", []);
        }
        catch (Exception e) when (e is ScenarioException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return new ScenarioResult(file, e.Message, []);
        }
    }
}
