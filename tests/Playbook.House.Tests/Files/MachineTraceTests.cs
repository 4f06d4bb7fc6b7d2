using System.Text.RegularExpressions;

namespace Playbook.House.Files;

public sealed class MachineTraceTests
{
    // Put together from halves, so that this file passes its own rule.
    private static readonly string[] RegistryHosts =
    [
        "api.nuget" + ".org", "www.nuget" + ".org/api", "registry.npmjs" + ".org", "registry.yarnpkg" + ".com",
        "pkgs.dev.azure" + ".com", "npm.pkg.github" + ".com", "nuget.pkg.github" + ".com", "pypi" + ".org", "proxy.golang" + ".org",
    ];

    private static readonly Regex HomeFolder = new(
        @"(?<![\w.~<>})-])(/home/[a-z_][\w.-]*/|/Users/\w[\w.-]*/|/root[/]|/mnt/[a-z]/|[A-Za-z]:\\Users\\)",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(5));

    [Fact]
    public void No_file_carries_a_path_of_somebodys_machine() => Rule.Holds(CheckPaths(Repository.Files, PlacesOf(Repository.Root)));

    [Theory]
    [InlineData("see /" + "home/anna/playbook/x.csv")]
    [InlineData(@"see C:" + @"\Users\anna\x.csv")]
    [InlineData("see /" + "root/x.csv")]
    [InlineData("see /builds/7/playbook-data/x.csv")]
    public void A_path_of_a_machine_is_found(string line) =>
        Rule.GoesRed(CheckPaths([new("src/A.cs", "one\n" + line + "\n")], ["/builds/7/playbook", "/builds/7/playbook-data"]), "src/A.cs", "line 2");

    [Fact]
    public void Addresses_and_relative_paths_are_left_alone() => Assert.Empty(CheckPaths(
        [new("src/A.cs", "https://example.org/home/anna/x ../home/anna/x /api/builds/7/playbook/x")],
        ["/builds/7/playbook"]));

    [Fact]
    public void No_file_carries_the_host_of_a_package_registry() => Rule.Holds(CheckHosts(Repository.Files));

    [Fact]
    public void The_host_of_a_package_registry_is_found()
    {
        foreach (var host in RegistryHosts)
            Rule.GoesRed(CheckHosts([new("nuget.config", $"<add value=\"https://{host}/v3\" />")]), "nuget.config", host);
    }

    /// <summary>
    /// The checkout and what stands beside it. Not at the top of the disk nor in the temporary folder: there the names
    /// are anybody's, and <c>/src</c> would be found in every address.
    /// </summary>
    private static IReadOnlyList<string> PlacesOf(string root)
    {
        var parent = Path.GetDirectoryName(root);
        if (parent is null || parent == Path.GetPathRoot(parent))
            return [];
        return parent == Path.GetFullPath(Path.GetTempPath()).TrimEnd('/')
            ? [root]
            : Directory.EnumerateDirectories(parent).Where(place => !Path.GetFileName(place).StartsWith('.')).ToList();
    }

    private static IEnumerable<Finding> CheckPaths(IEnumerable<RepositoryFile> files, IReadOnlyList<string> places)
    {
        if (places.Count == 0)
            places = [Repository.Root + "/Playbook.sln"];
        var here = new Regex(
            $@"(?<![\w.~<>}})-])({string.Join('|', places.Select(Regex.Escape))})(?![\w-])",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(5));
        return
            from file in files
            from line in file.Text.Split('\n').Index()
            where HomeFolder.IsMatch(line.Item) || here.IsMatch(line.Item)
            select new Finding(file.Path, $"line {line.Index + 1} names a place on somebody's machine.", "use a path from the repository's root, or an option.");
    }

    private static IEnumerable<Finding> CheckHosts(IEnumerable<RepositoryFile> files) =>
        from file in files
        from line in file.Text.Split('\n').Index()
        from host in RegistryHosts
        where line.Item.Contains(host, StringComparison.OrdinalIgnoreCase)
        select new Finding(file.Path, $"line {line.Index + 1} names {host}.", "leave it out: where packages come from is each machine's own setting.");
}
