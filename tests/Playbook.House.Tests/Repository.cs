namespace Playbook.House;

/// <summary>A file as the rules see it.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
internal sealed record RepositoryFile(string Path, string Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public IEnumerable<string> Folders => Path.Split('/').SkipLast(1);
}

/// <summary>What stands in the repository, without what git ignores.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<RepositoryFile>> AllFiles = new(Read);

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<RepositoryFile> Files => AllFiles.Value;

    public static IEnumerable<RepositoryFile> Below(params string[] folders) =>
        Files.Where(file => folders.Any(folder => file.Path.StartsWith(folder + "/", StringComparison.Ordinal)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Playbook.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"Playbook.sln is in none of the folders above {AppContext.BaseDirectory}. Cure: run the tests from where they were built.");
    }

    private static IReadOnlyList<RepositoryFile> Read()
    {
        var ignored = GitIgnore.Parse(File.ReadAllLines(Path.Combine(Root, ".gitignore")));
        var files = new List<RepositoryFile>();
        Read(new DirectoryInfo(Root), "", ignored, files);
        return files;
    }

    private static void Read(DirectoryInfo folder, string prefix, GitIgnore ignored, List<RepositoryFile> files)
    {
        foreach (var below in folder.EnumerateDirectories())
            if (below.Name != ".git" && below.LinkTarget is null && !ignored.Folder(prefix + below.Name))
                Read(below, prefix + below.Name + "/", ignored, files);

        foreach (var file in folder.EnumerateFiles())
            if (file.Name != ".git" && file.LinkTarget is null && !ignored.File(file.Name))
                files.Add(new RepositoryFile(prefix + file.Name, TextOf(file)));
    }

    private static string TextOf(FileInfo file)
    {
        const long Most = 4 << 20;
        if (file.Length > Most)
            return "";
        var text = File.ReadAllText(file.FullName);
        return text.Contains('\0', StringComparison.Ordinal) ? "" : text;
    }
}

/// <summary>The three forms of line that our .gitignore uses: <c>name/</c>, <c>/name/</c> and <c>*.ending</c>.</summary>
internal sealed record GitIgnore(IReadOnlySet<string> Anywhere, IReadOnlySet<string> AtRoot, IReadOnlyList<string> Endings)
{
    public static GitIgnore Parse(IEnumerable<string> lines)
    {
        var all = lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToList();
        return new GitIgnore(
            all.Where(line => line[0] != '/' && line.EndsWith('/')).Select(line => line.TrimEnd('/')).ToHashSet(),
            all.Where(line => line[0] == '/').Select(line => line.Trim('/')).ToHashSet(),
            all.Where(line => line.StartsWith("*.", StringComparison.Ordinal)).Select(line => line[1..]).ToList());
    }

    public bool Folder(string path) => AtRoot.Contains(path) || Anywhere.Contains(path[(path.LastIndexOf('/') + 1)..]);

    public bool File(string name) => Endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));
}
