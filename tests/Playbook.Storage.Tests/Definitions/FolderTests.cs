using Playbook.Storage.Definitions;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Definitions;

public sealed class FolderTests : IDisposable
{
    private readonly CrmDatabase _database = new();
    private readonly DefinitionStore _store;
    private readonly string _books;

    public FolderTests()
    {
        _store = new(_database.Factory, _database.Time);
        _books = Path.Combine(_database.Folder, "playbooks");
        Write("first-call/playbook.json", "{\r\n  \"definitionId\": \"first-call\", \"name\": \"Første samtale\",\n\t\"x\" : 1.0e0 }"u8.ToArray());
        Write("first-call/scripts/intro.da.sbn", [0xEF, 0xBB, 0xBF, .. "Hej {{ contact.first_name }}\r\n"u8]);
        Write("first-call/scripts/mail/follow.en.sbn", "Subject: Hi\n\nno newline at the end"u8.ToArray());
        Write("first-call/scenarios/happy.json", "{ }\n"u8.ToArray());
        Write("renew/playbook.json", [0xEF, 0xBB, 0xBF, .. "{\"name\":\"Renew\"}"u8]);
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_came_from_disk_goes_back_byte_by_byte()
    {
        await _store.ImportFolder(_books, "anna");
        var target = Path.Combine(_database.Folder, "out");

        await _store.ExportFolder(target);

        Assert.Equal(Files(_books), Files(target));
        Assert.Equal("Første samtale", (await _store.Get("first-call"))!.Name);
    }

    [Fact]
    public async Task Only_what_is_new_or_changed_is_taken()
    {
        Assert.Equal([FolderOutcome.Created, FolderOutcome.Created], await Import(publish: true));
        Assert.Equal([FolderOutcome.Unchanged, FolderOutcome.Unchanged], await Import());
        Write("renew/scripts/new.en.sbn", "x"u8.ToArray());
        Assert.Equal([FolderOutcome.Unchanged, FolderOutcome.Updated], await Import());

        Assert.Equal([(2, false), (1, true)], (await _store.Versions("renew")).Select(version => (version.Version, version.IsPublished)));
    }

    [Fact]
    public async Task An_edited_draft_is_not_overwritten()
    {
        await Import();
        await _store.SaveDraft("renew", new("Renew", "{\"mine\":1}"), "bo");
        Assert.Equal(FolderOutcome.Unchanged, (await Import())[1]);
        Write("renew/playbook.json", "{\"theirs\":1}"u8.ToArray());

        var results = await _store.ImportFolder(_books, "anna");

        Assert.Equal(FolderOutcome.Refused, results[1].Outcome);
        Assert.Contains("edited here by bo", results[1].Cause, StringComparison.Ordinal);
        Assert.Equal("{\"mine\":1}", (await _store.Get("renew"))!.Json);
    }

    [Fact]
    public async Task Force_takes_the_folder_and_keeps_the_draft_as_an_older_version()
    {
        await Import();
        await _store.SaveDraft("renew", new("Renew", "{\"mine\":1}"), "bo");
        Write("renew/playbook.json", "{\"theirs\":1}"u8.ToArray());

        Assert.Equal(FolderOutcome.Updated, (await Import(force: true))[1]);

        Assert.Equal(["{\"theirs\":1}", "{\"mine\":1}"], (await _store.Versions("renew")).Select(version => version.Json));
    }

    [Fact]
    public async Task One_broken_playbook_does_not_keep_the_others_out()
    {
        Write("broken/playbook.json", "{ not json"u8.ToArray());
        Write("latin/playbook.json", [(byte)'{', 0xE6, (byte)'}']);
        Write("other/playbook.json", "{\"definitionId\":\"else\"}"u8.ToArray());

        var results = await _store.ImportFolder(_books, "anna");

        Assert.Equal([FolderOutcome.Refused, FolderOutcome.Created, FolderOutcome.Refused, FolderOutcome.Refused, FolderOutcome.Created], results.Select(result => result.Outcome));
        Assert.Contains("line 1", results[0].Cause, StringComparison.Ordinal);
        Assert.Contains("UTF-8", results[2].Cause, StringComparison.Ordinal);
        Assert.Contains("\"else\"", results[3].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_was_taken_out_is_gone_from_the_export()
    {
        await Import();
        var target = Path.Combine(_database.Folder, "out");
        await _store.ExportFolder(target);
        await _store.SaveDraft("first-call", new("x", "{}", []), "bo");

        await _store.ExportFolder(target);

        Assert.DoesNotContain(Files(target), file => file.Contains("sbn", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("..")]
    [InlineData("a/b")]
    public async Task An_id_never_leads_out_of_the_folder(string id)
    {
        await _store.SaveDraft(id, new("x", "{}"), "bo");

        await Assert.ThrowsAsync<DefinitionException>(() => _store.ExportFolder(Path.Combine(_database.Folder, "out")));
    }

    private async Task<FolderOutcome[]> Import(bool force = false, bool publish = false) =>
        [.. (await _store.ImportFolder(_books, "anna", force, publish)).Select(result => result.Outcome)];

    private void Write(string name, byte[] content)
    {
        var path = Path.Combine(_books, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private static List<string> Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexString(File.ReadAllBytes(file))}")];
}
