using System.Runtime.CompilerServices;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Checks;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Activities;
using Playbook.Sales.Scenarios;

namespace Playbook.Sales.Tests.Playbooks;

/// <summary>The playbooks that the repository ships, read and compiled once.</summary>
internal static class ShippedPlaybooks
{
    public static readonly string[] Slugs = ["lead-generation", "appointment", "close", "enrollment", "program-design", "renewal", "upsell"];

    public static ActivityCatalog Catalog { get; } = new(BuiltInActivities.All, SalesActivities.All);

    public static RunEngine Engine { get; } = new(Catalog, new ExpressionEvaluator());

    private static readonly Dictionary<string, Shipped> All = Slugs.ToDictionary(slug => slug, Read);

    public static Shipped Get(string slug) => All[slug];

    public static IReadOnlyList<string> ScenarioTexts(string slug) =>
        [.. Directory.GetFiles(Path.Combine(Root(), "playbooks", slug, "scenarios"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static Shipped Read(string slug)
    {
        var folder = Path.Combine(Root(), "playbooks", slug);
        var compiled = new DefinitionCompiler(Catalog.Descriptions).Compile(File.ReadAllBytes(Path.Combine(folder, "playbook.json")));
        var scripts = Directory.GetFiles(Path.Combine(folder, "scripts"), "*.sbn").ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);
        var scenarios = Directory.GetFiles(Path.Combine(folder, "scenarios"), "*.json").Order(StringComparer.Ordinal).Select(f => Scenario.Read(File.ReadAllText(f))).ToList();
        var known = new KnownNames
        {
            Scripts = scripts,
            Playbooks = Slugs.ToHashSet(),
            Channels = new HashSet<string> { "email", "phone", "sms", "social", "letter", "calendar" },
        };
        return new Shipped(compiled, scripts, scenarios, DefinitionChecker.Check(compiled, Catalog.Descriptions, known));
    }

    private static string Root([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Playbook.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests are not inside the repository.");
    }
}

internal sealed record Shipped(CompileResult Compiled, IReadOnlyDictionary<string, string> Scripts, IReadOnlyList<Scenario> Scenarios, IReadOnlyList<Diagnostic> Diagnostics)
{
    public PlaybookDefinition Definition => Compiled.Definition!;
}
