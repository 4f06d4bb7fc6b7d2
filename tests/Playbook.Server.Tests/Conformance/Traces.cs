using Playbook.Server.Commands.Conformance;

namespace Playbook.Server.Tests.Conformance;

/// <summary>The recorded cases beside the repository. They are not shipped: without them, their tests are skipped.</summary>
internal static class Traces
{
    private static readonly Lazy<IReadOnlyList<string>> Lines = new(() => [.. Directory.EnumerateFiles(Find()!, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)]);

    public static IReadOnlyList<ConformanceCase> AllOrSkip()
    {
        var found = Find();
        var demanded = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        Assert.SkipUnless(found is not null || demanded, "The recorded cases (shared/elsa/traces beside the repository) are not on this machine.");
        if (found is null)
            throw new DirectoryNotFoundException("CI is set, but shared/elsa/traces is not beside the repository.");
        return [.. Lines.Value.Select(ConformanceCase.Read)];
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Exists(Path.Combine(at.FullName, "Playbook.sln")))
            {
                var traces = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared", "elsa", "traces"));
                return Directory.Exists(traces) ? traces : null;
            }

        return null;
    }
}
