using Playbook.Storage.Definitions;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Definitions;

public sealed class DefinitionStoreTests : IDisposable
{
    private readonly CrmDatabase _database = new();
    private readonly DefinitionStore _store;

    public DefinitionStoreTests() => _store = new(_database.Factory, _database.Time);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_draft_is_overwritten_and_keeps_its_id()
    {
        var first = await Save("{\"a\":1}");
        var second = await Save("{\"a\":2}");

        Assert.Equal((first.Id, 1), (second.Id, second.Version));
        Assert.Equal("{\"a\":2}", (await _store.Get("call"))!.Json);
        Assert.Single(await _store.Versions("call"));
    }

    [Fact]
    public async Task Saving_over_a_published_version_makes_the_next_one_with_an_id_of_its_own()
    {
        var first = await Save("{\"a\":1}");
        await _store.Publish("call", "reviewed", "bo");
        var second = await Save("{\"a\":2}");

        Assert.Equal(2, second.Version);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.Id, (await _store.Get("call", VersionChoice.Published))!.Id);
        Assert.Equal(second.Id, (await _store.Get("call", VersionChoice.Latest))!.Id);
        Assert.Equal("{\"a\":1}", (await _store.Get("call", VersionChoice.Of(1)))!.Json);
        Assert.Equal("reviewed", (await _store.GetVersion(first.Id))!.PublishReason);
    }

    [Fact]
    public async Task Publishing_takes_the_place_of_the_one_before()
    {
        await Save("{\"a\":1}");
        await _store.Publish("call", null, "bo");
        await Save("{\"a\":2}");
        await _store.Publish("call", null, "bo");

        Assert.Equal([(2, true, true), (1, false, false)], (await _store.Versions("call")).Select(version => (version.Version, version.IsLatest, version.IsPublished)));
    }

    [Fact]
    public async Task A_version_that_was_once_published_never_changes_even_when_retracted()
    {
        await Save("{\"a\":1}");
        await _store.Publish("call", null, "bo");
        await _store.Retract("call", "wrong script", "bo");

        var next = await Save("{\"a\":2}");

        Assert.Equal(2, next.Version);
        Assert.Null(await _store.Get("call", VersionChoice.Published));
        Assert.Equal("{\"a\":1}", (await _store.Get("call", VersionChoice.Of(1)))!.Json);
        await Assert.ThrowsAsync<DefinitionException>(() => _store.Retract("call", null, "bo"));
    }

    [Fact]
    public async Task Scripts_travel_with_their_version()
    {
        var first = await _store.SaveDraft("call", new("Call", "{}", [new(DefinitionTextKind.Script, "a.en.sbn", "one")]), "anna");
        await _store.Publish("call", null, "bo");
        var second = await _store.SaveDraft("call", new("Call", "{ }"), "anna");
        var third = await _store.SaveDraft("call", new("Call", "{ }", [new(DefinitionTextKind.Script, "a.en.sbn", "two")]), "anna");

        Assert.Equal("one", Assert.Single(await _store.Texts(first.Id)).Text);
        Assert.Equal(second.Id, third.Id);
        Assert.Equal("two", Assert.Single(await _store.Texts(third.Id)).Text);
        Assert.NotEqual(second.ContentHash, third.ContentHash);
    }

    [Fact]
    public async Task Lists_show_one_version_of_each()
    {
        await Save("{\"a\":1}");
        await _store.Publish("call", null, "bo");
        await Save("{\"a\":2}");
        await _store.SaveDraft("mail", new("Mail", "{}"), "anna");

        Assert.Equal([("call", 2), ("mail", 1)], (await _store.List()).Select(version => (version.DefinitionId, version.Version)));
        Assert.Equal([("call", 1)], (await _store.List(published: true)).Select(version => (version.DefinitionId, version.Version)));
    }

    [Fact]
    public async Task When_the_latest_is_deleted_the_one_before_is_the_latest()
    {
        await Save("{\"a\":1}");
        await _store.Publish("call", null, "bo");
        var second = await Save("{\"a\":2}");

        Assert.True(await _store.DeleteVersion(second.Id));
        Assert.Equal(1, (await _store.Get("call"))!.Version);
        Assert.Equal(1, await _store.Delete("call"));
        Assert.Null(await _store.Get("call"));
        Assert.Equal(0, _database.Read(db => db.DefinitionTexts.Count()));
    }

    [Fact]
    public async Task Publishing_what_does_not_exist_says_so() =>
        Assert.Contains("Save a draft", (await Assert.ThrowsAsync<DefinitionException>(() => _store.Publish("none", null, "bo"))).Message, StringComparison.Ordinal);

    private Task<DefinitionVersion> Save(string json) => _store.SaveDraft("call", new("Call", json), "anna", "try");
}
