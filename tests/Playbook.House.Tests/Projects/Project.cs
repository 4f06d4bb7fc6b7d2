using System.Xml.Linq;

namespace Playbook.House.Projects;

/// <summary>What the rules read in a csproj file.</summary>
/// <param name="References">The names of the projects that it refers to.</param>
internal sealed record Project(string Path, string Name, IReadOnlyList<string> References)
{
    public string TopFolder => Path.Split('/')[0];

    public static Project Parse(RepositoryFile file) => new(
        file.Path,
        NameOf(file.Path),
        XDocument.Parse(file.Text).Descendants("ProjectReference")
            .Select(reference => NameOf(reference.Attribute("Include")?.Value ?? "")).ToList());

    /// <summary>All but the one that is copied to make plugins from.</summary>
    public static IReadOnlyList<Project> All { get; } =
        Repository.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal) && !file.Path.StartsWith("plugins/template/", StringComparison.Ordinal)).Select(Parse).ToList();

    private static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
