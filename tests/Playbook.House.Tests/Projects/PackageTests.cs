using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Playbook.House.Projects;

public sealed partial class PackageTests
{
    private const string Central = "Directory.Packages.props";

    [Fact]
    public void All_package_versions_are_central_and_exact() => Rule.Holds(CheckVersions(Repository.Files));

    [Theory]
    [InlineData("10.*")]
    [InlineData("[10.0.0,11.0.0)")]
    [InlineData("")]
    public void A_version_that_is_not_exact_is_found(string version) => Rule.GoesRed(
        CheckVersions([new(Central, $"""<Project><ItemGroup><PackageVersion Include="Jint" Version="{version}" /></ItemGroup></Project>""")]),
        Central,
        $"Jint has the version \"{version}\"");

    [Theory]
    [InlineData("Version")]
    [InlineData("VersionOverride")]
    public void A_version_outside_the_central_file_is_found(string attribute) => Rule.GoesRed(
        CheckVersions([new("src/A/A.csproj", $"""<Project><ItemGroup><PackageReference Include="Jint" {attribute}="4.18.0" /></ItemGroup></Project>""")]),
        "src/A/A.csproj",
        "Jint carries a version of its own");

    [Fact]
    public void Versions_of_npm_packages_are_exact() => Rule.Holds(CheckNpmVersions(Repository.Files));

    [Theory]
    [InlineData("^4.14.1")]
    [InlineData("latest")]
    [InlineData("4.x")]
    public void A_version_of_an_npm_package_that_is_not_exact_is_found(string version) => Rule.GoesRed(
        CheckNpmVersions([new("src/web/package.json", $$"""{ "devDependencies": { "axe-core": "{{version}}" } }"""), new("src/web/package-lock.json", "{}")]),
        "src/web/package.json",
        $"axe-core has the version \"{version}\"");

    [Fact]
    public void Npm_packages_without_a_lock_file_are_found() => Rule.GoesRed(
        CheckNpmVersions([new("src/web/package.json", """{ "dependencies": { "axe-core": "4.14.1" } }""")]),
        "src/web/package.json",
        "no package-lock.json");

    [Fact]
    public void Lock_files_carry_no_download_addresses() => Rule.Holds(CheckLockFiles(Repository.Files));

    [Theory]
    [InlineData("src/web/package-lock.json", """  "resolved": "https://example.org/a.tgz",""")]
    [InlineData("src/web/yarn.lock", """  resolved "https://example.org/a.tgz#1" """)]
    [InlineData("src/web/pnpm-lock.yaml", "    resolution: {tarball: https://example.org/a.tgz}")]
    public void A_download_address_in_a_lock_file_is_found(string path, string line) =>
        Rule.GoesRed(CheckLockFiles([new(path, "{\n" + line + "\n}")]), path, "line 2");

    private static IEnumerable<Finding> CheckVersions(IEnumerable<RepositoryFile> files)
    {
        foreach (var file in files.Where(file => Path.GetExtension(file.Path) is ".csproj" or ".props" or ".targets"))
        {
            var document = XDocument.Parse(file.Text);
            foreach (var package in document.Descendants("PackageVersion"))
            {
                var version = package.Attribute("Version")?.Value ?? "";
                if (!ExactVersion().IsMatch(version))
                    yield return new Finding(file.Path, $"{package.Attribute("Include")?.Value} has the version \"{version}\".", "write one exact version, such as 4.18.0, so that every build is the same.");
                if (file.Path != Central)
                    yield return new Finding(file.Path, $"{package.Attribute("Include")?.Value} is pinned here.", $"pin it in {Central}.");
            }

            foreach (var package in document.Descendants("PackageReference"))
                if (package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null || package.Element("Version") is not null)
                    yield return new Finding(file.Path, $"{package.Attribute("Include")?.Value} carries a version of its own.", $"write the version in {Central}.");
        }
    }

    private static IEnumerable<Finding> CheckNpmVersions(IReadOnlyCollection<RepositoryFile> files)
    {
        foreach (var file in files.Where(file => file.Name == "package.json"))
        {
            if (files.All(other => other.Path != file.Path.Replace("package.json", "package-lock.json", StringComparison.Ordinal)))
                yield return new Finding(file.Path, "no package-lock.json stands beside it.", "run npm install there and commit the lock file.");
            foreach (var kind in new[] { "dependencies", "devDependencies", "optionalDependencies" })
                foreach (var (name, version) in JsonNode.Parse(file.Text)?[kind]?.AsObject() ?? [])
                    if (!ExactVersion().IsMatch((string?)version ?? ""))
                        yield return new Finding(file.Path, $"{name} has the version \"{version}\".", "write one exact version, so that every build is the same.");
        }
    }

    private static IEnumerable<Finding> CheckLockFiles(IEnumerable<RepositoryFile> files) =>
        from file in files
        where file.Name is "packages.lock.json" or "package-lock.json" or "npm-shrinkwrap.json" or "yarn.lock" or "pnpm-lock.yaml"
        from line in file.Text.Split('\n').Index()
        where DownloadAddress().IsMatch(line.Item)
        select new Finding(file.Path, $"line {line.Index + 1} says where a package was downloaded from.", "take the addresses out (npm: omit-lockfile-registry-resolved=true in .npmrc, then write the lock file again).");

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.]+)?$", RegexOptions.None, 1000)]
    private static partial Regex ExactVersion();

    [GeneratedRegex("""(resolved|tarball)"?:?\s+"?https?://""", RegexOptions.None, 1000)]
    private static partial Regex DownloadAddress();
}
