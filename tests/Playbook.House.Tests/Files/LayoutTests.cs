namespace Playbook.House.Files;

public sealed class LayoutTests
{
    private const int MostLines = 350;
    private const int MostLinesOfProgram = 100;

    private static readonly HashSet<string> TopFolders = ["src", "plugins", "tests", "playbooks"];
    private static readonly HashSet<string> TopFiles = ["Playbook.sln", "README.md", "build.sh", "LICENSE"];
    private static readonly HashSet<string> TopEndings = [".props", ".targets", ".json"];

    private static readonly HashSet<string> NamesThatSayNothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Helpers", "Utils", "Common", "Managers", "Services", "Models", "Contracts", "Interfaces",
    };

    [Fact]
    public void The_top_level_holds_the_four_folders_and_the_build_files_only() => Rule.Holds(CheckTopLevel(Repository.Files));

    [Theory]
    [InlineData("docs/notes.md", "docs")]
    [InlineData("todo.txt", "todo.txt")]
    public void Anything_else_at_the_top_level_is_found(string path, string name) =>
        Rule.GoesRed(CheckTopLevel([new(path, ""), new("src/A.cs", ""), new(".ci/run", ""), new("global.json", "")]), name, "does not belong at the top level");

    [Fact]
    public void Folders_are_named_after_the_field_and_not_after_a_kind_of_code() => Rule.Holds(CheckFolderNames(Repository.Files));

    [Theory]
    [InlineData("src/Playbook.Sales/Services/Tasks/Queue.cs", "src/Playbook.Sales/Services")]
    [InlineData("plugins/Letter/utils/Paper.cs", "plugins/Letter/utils")]
    public void A_folder_that_says_nothing_is_found(string path, string folder) =>
        Rule.GoesRed(CheckFolderNames([new(path, ""), new("src/Playbook.Sales/Tasks/Queue.cs", "")]), folder, "says nothing about what is in it");

    [Fact]
    public void Every_source_file_is_short_enough_to_read_at_once() => Rule.Holds(CheckLength(Repository.Files));

    [Fact]
    public void A_file_that_is_too_long_is_found() => Rule.GoesRed(
        CheckLength([Lines("src/A.cs", 351), Lines("src/B.cs", 350), Lines("src/Migrations/C.cs", 900), Lines("playbooks/a/playbook.json", 900)]),
        "src/A.cs",
        "351 lines");

    [Fact]
    public void A_composition_that_grows_is_found() =>
        Rule.GoesRed(CheckLength([Lines("src/Playbook.Server/Program.cs", 101)]), "src/Playbook.Server/Program.cs", "101 lines");

    private static RepositoryFile Lines(string path, int count) => new(path, string.Concat(Enumerable.Repeat("x\n", count)));

    private static IEnumerable<Finding> CheckTopLevel(IEnumerable<RepositoryFile> files) =>
        from file in files
        let top = file.Path.Split('/')[0]
        where top[0] != '.' && (top == file.Path ? !TopFiles.Contains(top) && !TopEndings.Contains(Path.GetExtension(top)) : !TopFolders.Contains(top))
        group top by top into tops
        select new Finding(tops.Key, "it does not belong at the top level.", $"put it into one of {string.Join(", ", TopFolders)}, or let git ignore it.");

    private static IEnumerable<Finding> CheckFolderNames(IEnumerable<RepositoryFile> files) =>
        from file in files
        from folder in file.Folders.Index()
        where NamesThatSayNothing.Contains(folder.Item)
        group folder by string.Join('/', file.Folders.Take(folder.Index + 1)) into folders
        select new Finding(folders.Key, "its name says nothing about what is in it.", "name it after the feature, and keep page, endpoint and logic of a feature together.");

    private static IEnumerable<Finding> CheckLength(IEnumerable<RepositoryFile> files) =>
        from file in files
        where Path.GetExtension(file.Path) is ".cs" or ".razor" or ".ts" or ".js" or ".css" && !file.Folders.Contains("Migrations")
        let lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1
        let most = file.Path == "src/Playbook.Server/Program.cs" ? MostLinesOfProgram : MostLines
        where lines > most
        select new Finding(file.Path, $"it has {lines} lines; {most} are allowed.", "give each of its subjects a file of its own.");
}
