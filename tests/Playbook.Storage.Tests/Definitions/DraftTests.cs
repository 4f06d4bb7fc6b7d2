using Playbook.Storage.Definitions;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Definitions;

public sealed class DraftTests : IDisposable
{
    private readonly CrmDatabase _database = new();
    private readonly DefinitionStore _store;

    public DraftTests() => _store = new(_database.Factory, _database.Time);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_writer_who_began_from_an_older_document_is_refused_and_told_who_was_faster()
    {
        var read = await Save("{\"a\":1}", "anna", (DraftBase?)null);
        await Save("{\"a\":2}", by: "bo", read.DocumentAt);

        var refused = await Assert.ThrowsAsync<DefinitionConflictException>(() => Save("{\"a\":3}", by: "anna", read.DocumentAt));

        Assert.Contains("saved by bo", refused.Message, StringComparison.Ordinal);
        Assert.Equal("{\"a\":2}", (await _store.Get("call"))!.Json);
    }

    [Fact]
    public async Task Every_change_of_the_document_is_later_than_the_one_before_even_on_a_clock_that_stands()
    {
        var first = await Save("{\"a\":1}");
        var second = await Save("{\"a\":2}");
        await _store.Publish("call", null, "anna");
        var third = await Save("{\"a\":3}");

        Assert.True(first.DocumentAt < second.DocumentAt && second.DocumentAt < third.DocumentAt);
    }

    [Fact]
    public async Task An_editor_that_saves_faster_than_its_answers_come_back_is_in_no_conflict_with_itself()
    {
        var read = await Save("{\"a\":1}");
        await Save("{\"a\":2}", base_: new DraftBase(read.DocumentAt, "frame-1"));

        Assert.Equal("{\"a\":3}", (await Save("{\"a\":3}", base_: new DraftBase(read.DocumentAt, "frame-1"))).Json);
        await Assert.ThrowsAsync<DefinitionConflictException>(() => Save("{\"a\":4}", base_: new DraftBase(read.DocumentAt, "frame-2")));
    }

    [Fact]
    public async Task An_editor_is_refused_after_the_document_was_changed_by_no_editor()
    {
        var read = await Save("{\"a\":1}", base_: new DraftBase(null, "frame-1"));
        await Save("{\"restored\":1}");

        await Assert.ThrowsAsync<DefinitionConflictException>(() => Save("{\"a\":2}", base_: new DraftBase(read.DocumentAt, "frame-1")));
    }

    [Fact]
    public async Task Scripts_are_saved_without_getting_in_the_way_of_who_draws()
    {
        var read = await Save("{\"a\":1}");
        await _store.Publish("call", null, "anna");
        var draft = await _store.SaveTexts("call", [new(DefinitionTextKind.Script, "hello.en.sbn", "Hi")], "bo");

        Assert.Equal((2, read.DocumentAt, "{\"a\":1}"), (draft.Version, draft.DocumentAt, draft.Json));
        var drawn = await Save("{\"a\":2}", by: "anna", read.DocumentAt);
        Assert.Equal((2, "Hi"), (drawn.Version, (await _store.Texts(drawn.Id)).Single().Text));
        Assert.Empty(await _store.Texts(read.Id));
    }

    [Fact]
    public async Task A_script_that_somebody_else_changed_meanwhile_is_not_overwritten()
    {
        await Save("{}");
        await _store.SaveTexts("call", [Hello("Hi")], "anna");
        await _store.SaveTexts("call", [Hello("Hello", before: "Hi")], "bo");

        await Assert.ThrowsAsync<DefinitionConflictException>(() => _store.SaveTexts("call", [Hello("Hey", before: "Hi")], "anna"));
        await Assert.ThrowsAsync<DefinitionConflictException>(() => _store.SaveTexts("call", [Hello(null, before: "Hi")], "anna"));

        await _store.SaveTexts("call", [Hello(null, before: "Hello")], "bo");
        Assert.Empty(await _store.Texts((await _store.Get("call"))!.Id));
    }

    [Theory]
    [InlineData("../outside.sbn")]
    [InlineData("a//b.sbn")]
    [InlineData("")]
    public async Task A_script_needs_a_name_that_a_file_can_have(string name)
    {
        await Save("{}");
        await Assert.ThrowsAsync<DefinitionException>(() => _store.SaveTexts("call", [new(DefinitionTextKind.Script, name, "x")], "anna"));
    }

    [Fact]
    public async Task A_draft_that_a_run_began_on_stays_as_it_is()
    {
        var draft = await Save("{\"a\":1}");
        await _store.Pin(draft.Id);
        var next = await Save("{\"a\":2}");

        Assert.Equal(2, next.Version);
        Assert.Equal("{\"a\":1}", (await _store.GetVersion(draft.Id))!.Json);
    }

    [Fact]
    public async Task Saving_what_is_there_already_makes_no_draft()
    {
        var first = await Save("{\"a\":1}");
        await _store.Publish("call", null, "anna");

        var again = await Save("{\"a\":1}");

        Assert.Equal((first.Id, true), (again.Id, again.IsPublished));
        Assert.Single(await _store.Versions("call"));
    }

    [Fact]
    public async Task Publishing_stops_where_the_draft_changed_after_it_was_checked()
    {
        var looked = await Save("{\"a\":1}");
        await Save("{\"a\":2}", "bo", (DraftBase?)null);

        await Assert.ThrowsAsync<DefinitionConflictException>(() => _store.Publish("call", "fine", "anna", looked.ContentHash));
        Assert.Null(await _store.Get("call", VersionChoice.Published));
    }

    [Fact]
    public async Task Whoever_listens_hears_of_every_change_and_of_nothing_that_failed()
    {
        var heard = new List<string>();
        _store.Changed += heard.Add;
        var draft = await Save("{\"a\":1}");
        await _store.Publish("call", null, "anna");
        await _store.Retract("call", null, "anna");
        await Assert.ThrowsAsync<DefinitionConflictException>(() => Save("{\"a\":2}", base_: new DraftBase(DateTimeOffset.UnixEpoch)));
        await _store.DeleteVersion(draft.Id);

        Assert.Equal(["call", "call", "call", "call"], heard);
    }

    private static TextChange Hello(string? text, string? before = null) =>
        new(DefinitionTextKind.Script, "hello.en.sbn", text) { Before = before, ChecksBefore = before is not null };

    private Task<DefinitionVersion> Save(string json, string by, DateTimeOffset? began) => Save(json, by, new DraftBase(began));

    private Task<DefinitionVersion> Save(string json, string by = "anna", DraftBase? base_ = null) => _store.SaveDraft("call", new("Call", json), by, @base: base_);
}
