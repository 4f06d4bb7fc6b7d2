using Playbook.Storage.Definitions;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Definitions;

public sealed class FolderComparisonTests : IDisposable
{
    private readonly CrmDatabase _database = new();
    private readonly DefinitionStore _store;
    private readonly string _books;

    public FolderComparisonTests()
    {
        _store = new(_database.Factory, _database.Time);
        _books = Path.Combine(_database.Folder, "playbooks");
        Disk("{\"name\":\"Call\"}");
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_folder_that_was_never_taken_in_is_only_on_disk_and_a_playbook_without_folder_only_here()
    {
        await _store.SaveDraft("mail", new("Mail", "{}"), "anna");
        Assert.Equal([("call", FolderState.OnlyOnDisk), ("mail", FolderState.OnlyHere)], (await _store.CompareFolder(_books)).Select(one => (one.DefinitionId, one.State)));
    }

    [Fact]
    public async Task It_is_told_which_side_has_changed()
    {
        await _store.ImportFolder(_books, "anna");
        Assert.Equal(FolderState.Same, await State());

        Disk("{\"name\":\"Call again\"}");
        Assert.Equal(FolderState.ChangedOnDisk, await State());

        await _store.SaveDraft("call", new("Call", "{\"name\":\"Mine\"}"), "bo");
        Assert.Equal(FolderState.ChangedBoth, await State());

        Disk("{\"name\":\"Call\"}");
        Assert.Equal(FolderState.ChangedHere, await State());

        Disk("{\"name\":\"Mine\"}");
        Assert.Equal(FolderState.Same, await State());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_is_named_with_its_cause()
    {
        Disk("{ no json");
        var one = Assert.Single(await _store.CompareFolder(_books));
        Assert.Equal(FolderState.Unreadable, one.State);
        Assert.Contains("not JSON", one.Cause, StringComparison.Ordinal);
    }

    private async Task<FolderState> State() => Assert.Single(await _store.CompareFolder(_books)).State;

    private void Disk(string json)
    {
        Directory.CreateDirectory(Path.Combine(_books, "call"));
        File.WriteAllText(Path.Combine(_books, "call", "playbook.json"), json);
    }
}
