using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Playbook.Storage;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly BuiltProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Playbooks_come_back_letter_by_letter()
    {
        var one = _program.File("in/one/playbook.json", "{ \"definitionId\": \"one\",  \"extra\": 1 }\n");
        _program.File("in/one/scripts/call.en.sbn", "Hello {{ contact.name }}\r\n");
        _program.File("in/two/playbook.json", "{}");
        await Store();

        var answer = await _program.Run("export", "one", "--to", "out", "--database", "my.db");

        Assert.Equal(0, answer.ExitCode);
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(Path.Combine(_program.Folder, "out/one/playbook.json")));
        Assert.Equal("Hello {{ contact.name }}\r\n", File.ReadAllText(Path.Combine(_program.Folder, "out/one/scripts/call.en.sbn")));
        Assert.False(Directory.Exists(Path.Combine(_program.Folder, "out/two")));
        Assert.Equal(2, (await _program.Run("export", "--to", "all", "--database", "my.db", "--json")).Json["playbooks"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_playbook_that_is_not_there_ends_with_6_and_writes_nothing()
    {
        _program.File("in/one/playbook.json", "{}");
        await Store();

        var answer = await _program.Run("export", "one", "three", "--to", "out", "--database", "my.db");

        Assert.Equal(6, answer.ExitCode);
        Assert.Contains("\"three\"", answer.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_program.Folder, "out")));
    }

    [Fact]
    public async Task Without_a_database_there_is_nothing_to_export()
    {
        var answer = await _program.Run("export", "--to", "out", "--database", "my.db");

        Assert.Equal(6, answer.ExitCode);
        Assert.Contains("There is no database", answer.Errors, StringComparison.Ordinal);
    }

    private async Task Store()
    {
        var factory = new PooledDbContextFactory<PlaybookDb>(PlaybookDb.Sqlite(Path.Combine(_program.Folder, "my.db")));
        await using (var database = await factory.CreateDbContextAsync())
            await database.Database.EnsureCreatedAsync();
        await new DefinitionStore(factory, TimeProvider.System).ImportFolder(Path.Combine(_program.Folder, "in"), "test");
        SqliteConnection.ClearAllPools();
    }
}
