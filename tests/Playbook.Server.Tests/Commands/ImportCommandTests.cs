using System.Text;
using Playbook.Storage.Runs;

namespace Playbook.Server.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private const string Accounts = "name,sector,country\nAcme,technology,Denmark\nBolt,retail,Norway\n";

    private readonly BuiltProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task An_import_adds_up_can_be_done_again_without_change_and_be_undone_whole()
    {
        var file = _program.File("accounts.csv", Accounts);

        var first = await Import(file);
        var second = await Import(file);
        var batch = first.Json["batchId"]!.ToString();
        var undone = await _program.Run("import", "undo", batch, "--database", "my.db", "--json");
        var third = await Import(file);

        Assert.Equal((2, 2), ((int)first.Json["counts"]!["rows"]!, (int)first.Json["counts"]!["created"]!));
        Assert.Equal((2, 2), ((int)second.Json["counts"]!["rows"]!, (int)second.Json["counts"]!["unchanged"]!));
        Assert.Equal((0, true, 2), (undone.ExitCode, (bool)undone.Json["undone"]!, (int)undone.Json["removed"]!));
        Assert.Equal(2, (int)third.Json["counts"]!["created"]!);
    }

    [Fact]
    public async Task People_get_a_table_with_a_total()
    {
        var answer = await _program.Run("import", _program.File("accounts.csv", Accounts), "--database", "my.db");

        Assert.Equal(0, answer.ExitCode);
        Assert.Matches(@"(?m)^All\s+2\s+2\s+0\s+0\s+0\s+0\s+0$", answer.Output);
        Assert.Contains("playbook import undo", answer.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_leaves_nothing_behind()
    {
        var answer = await _program.Run("import", _program.File("accounts.csv", Accounts), "--database", "my.db", "--preview", "--json");

        Assert.Equal((0, 2, null), (answer.ExitCode, (int)answer.Json["counts"]!["created"]!, answer.Json["batchId"]));
        Assert.False(File.Exists(Path.Combine(_program.Folder, "my.db")));
    }

    [Fact]
    public async Task Columns_can_be_mapped()
    {
        var file = _program.File("accounts.csv", "Foo,sector\nAcme,technology\n");

        var unknown = await Import(file);
        var mapped = await Import(file, "--map", "Foo=name");
        var wrong = await Import(_program.File("more.csv", "name,Bar\nAcme,technology\n"), "--map", "Bar=sectr");

        Assert.Equal((6, 0, 6), (unknown.ExitCode, mapped.ExitCode, wrong.ExitCode));
        Assert.Contains("Did you mean \"sector\"?", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_Latin_1_is_read_and_said_so()
    {
        var answer = await _program.Run("import", _program.File("accounts.csv", Encoding.Latin1.GetBytes("name,country\nBrødrene Ærø,Denmark\n")), "--database", "my.db");

        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("Windows-1252", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_quote_costs_its_row_and_no_other()
    {
        var answer = await Import(_program.File("accounts.csv", "name,country\nAcme,Denmark\n\"Bolt,Norway\nCargo,Sweden\n"));

        var counts = answer.Json["counts"]!;
        Assert.Equal(0, answer.ExitCode);
        Assert.True((int)counts["rejected"]! >= 1 && (int)counts["created"]! >= 1, counts.ToJsonString());
        Assert.NotEmpty(answer.Json["rows"]!.AsArray());
    }

    [Fact]
    public async Task A_database_that_another_process_has_is_left_alone()
    {
        using var owned = StoreLock.Acquire(Path.Combine(_program.Folder, "my.db"));
        owned.Announce("http://127.0.0.1:5080");

        var answer = await Import(_program.File("accounts.csv", Accounts));

        Assert.Equal(5, answer.ExitCode);
        Assert.Contains("in use by process", answer.Errors, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:5080", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_ends_with_7_and_says_what_to_do()
    {
        var file = _program.File("accounts.csv", Accounts);
        await Import(file);
        // Nothing is read-only to root but what the kernel itself refuses.
        var database = Environment.IsPrivilegedProcess ? "/proc/playbook.db" : Path.Combine(_program.Folder, "my.db");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such file modes.");
        if (!Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            foreach (var part in Directory.GetFiles(_program.Folder, "my.db*"))
                File.SetUnixFileMode(part, UnixFileMode.UserRead);

        var answer = await _program.Run("import", file, "--database", database);

        Assert.Equal((7, ""), (answer.ExitCode, answer.Output));
        Assert.Contains(database, answer.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_ends_with_7()
    {
        _program.File("my.db", string.Concat(Enumerable.Repeat("this is no database ", 200)));

        var answer = await Import(_program.File("accounts.csv", Accounts));

        Assert.Equal(7, answer.ExitCode);
        Assert.Contains("no Playbook database", answer.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.csv")]
    [InlineData("empty.csv")]
    public async Task What_cannot_be_imported_ends_with_6(string name)
    {
        _program.File("empty.csv", "");

        var answer = await Import(name);

        Assert.Equal((6, ""), (answer.ExitCode, answer.Output));
        Assert.Contains(name, answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undoing_an_unknown_batch_ends_with_6()
    {
        await Import(_program.File("accounts.csv", Accounts));

        var answer = await _program.Run("import", "undo", "ffffffff", "--database", "my.db");

        Assert.Equal(6, answer.ExitCode);
        Assert.Contains("playbook import list", answer.Errors, StringComparison.Ordinal);
    }

    private Task<Answer> Import(params string[] arguments) => _program.Run(["import", .. arguments, "--database", "my.db", "--json"]);
}
