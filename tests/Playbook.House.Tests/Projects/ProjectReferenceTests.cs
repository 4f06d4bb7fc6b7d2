namespace Playbook.House.Projects;

public sealed class ProjectReferenceTests
{
    private const string Abstractions = "Playbook.Abstractions";
    private const string Engine = "Playbook.Engine";
    private const string Sales = "Playbook.Sales";
    private const string Storage = "Playbook.Storage";
    private const string Server = "Playbook.Server";

    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        [Abstractions] = [],
        [Engine] = [Abstractions],
        [Sales] = [Abstractions, Engine],
        [Storage] = [Abstractions, Engine, Sales],
        [Server] = [Abstractions, Engine, Sales, Storage],
    };

    [Fact]
    public void Each_project_in_src_references_only_those_below_it() => Rule.Holds(CheckSource(Project.All));

    [Fact]
    public void A_reference_upwards_is_found() => Rule.GoesRed(
        CheckSource([new("src/Playbook.Engine/Playbook.Engine.csproj", Engine, [Abstractions, Storage])]),
        "src/Playbook.Engine/Playbook.Engine.csproj",
        "Playbook.Engine references Playbook.Storage");

    [Fact]
    public void A_plugin_that_the_server_references_is_found() => Rule.GoesRed(
        CheckSource([new("src/Playbook.Server/Playbook.Server.csproj", Server, [Engine, "Playbook.Channels.Eml"])]),
        "src/Playbook.Server/Playbook.Server.csproj",
        "Playbook.Server references Playbook.Channels.Eml");

    [Fact]
    public void A_project_that_no_rule_knows_is_found() => Rule.GoesRed(
        CheckSource([new("src/Playbook.Core/Playbook.Core.csproj", "Playbook.Core", [])]),
        "src/Playbook.Core/Playbook.Core.csproj",
        "no rule says what it may reference");

    [Fact]
    public void Plugins_reference_Abstractions_only() => Rule.Holds(CheckPlugins(Project.All));

    [Fact]
    public void A_plugin_that_reaches_into_the_engine_is_found() => Rule.GoesRed(
        CheckPlugins([new("plugins/Letter/Letter.csproj", "Letter", [Abstractions, Engine])]),
        "plugins/Letter/Letter.csproj",
        "references Playbook.Engine");

    [Fact]
    public void Every_project_stands_in_the_solution() =>
        Rule.Holds(CheckSolution(Project.All, Repository.Files.Single(file => file.Path == "Playbook.sln").Text));

    [Fact]
    public void A_project_missing_from_the_solution_is_found() => Rule.GoesRed(
        CheckSolution([new("src/A/A.csproj", "A", []), new("src/B/B.csproj", "B", [])], """Project("{1}") = "A", "src\A\A.csproj", "{2}" """),
        "src/B/B.csproj",
        "not in Playbook.sln");

    private static IEnumerable<Finding> CheckSource(IEnumerable<Project> projects)
    {
        foreach (var project in projects.Where(project => project.TopFolder == "src"))
        {
            if (!MayReference.TryGetValue(project.Name, out var allowed))
            {
                yield return new Finding(project.Path, "no rule says what it may reference.", "put the code into one of the five projects, or add the new one to this rule and to the design's layout.");
                continue;
            }

            foreach (var reference in project.References.Except(allowed))
                yield return new Finding(
                    project.Path,
                    $"{project.Name} references {reference}, but may reference only: {(allowed.Length == 0 ? "nothing" : string.Join(", ", allowed))}.",
                    "move what is needed down, or hand it in from above; plugins are loaded from their folders.");
        }
    }

    private static IEnumerable<Finding> CheckPlugins(IEnumerable<Project> projects) =>
        from project in projects
        where project.TopFolder == "plugins"
        from reference in project.References
        where reference != Abstractions
        select new Finding(project.Path, $"a plugin references {reference}.", "use Playbook.Abstractions only, as a stranger's plugin would have to.");

    private static IEnumerable<Finding> CheckSolution(IEnumerable<Project> projects, string solution) =>
        from project in projects
        where !solution.Replace('\\', '/').Contains($"\"{project.Path}\"", StringComparison.Ordinal)
        select new Finding(project.Path, "it is not in Playbook.sln, so nobody builds it.", $"dotnet sln Playbook.sln add {project.Path}");
}
