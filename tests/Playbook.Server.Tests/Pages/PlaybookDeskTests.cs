using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Pages.Designer;
using Playbook.Server.Pages.Designer.History;
using Playbook.Server.Pages.Designer.Problems;
using Playbook.Server.Pages.Playbooks;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Pages;

public sealed class PlaybookDeskTests : IAsyncLifetime
{
    private TrialServer _trial = null!;

    private DefinitionStore Store => Get<DefinitionStore>();
    private PlaybookDesk Desk => Get<PlaybookDesk>();

    public async ValueTask InitializeAsync() => _trial = await TrialServer.Start(Trial.Playbooks.Outreach);

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    private T Get<T>() where T : notnull => _trial.Server.Services.GetRequiredService<T>();

    [Fact]
    public async Task A_copy_has_drawing_and_scripts_and_is_a_draft_of_its_own()
    {
        var id = await Desk.Duplicate("outreach", "Karen");

        var copy = (await Store.Get(id))!;
        Assert.Equal(("outreach-copy", "outreach (copy)", 1, false, "Karen"), (copy.DefinitionId, copy.Name, copy.Version, copy.IsPublished, copy.CreatedBy));
        Assert.Equal(["hello.da.sbn", "hello.en.sbn"], (await Store.Texts(copy.Id)).Select(text => text.Name));
        Assert.Equal("outreach (copy 2)", (await Store.Get(await Desk.Duplicate("outreach", "Karen")))!.Name);
    }

    [Fact]
    public async Task A_new_playbook_is_empty_has_its_phase_and_no_errors_but_what_an_empty_canvas_has()
    {
        var id = await Desk.Create("Win back", "renewal", null, "Karen");

        var row = (await Get<PlaybookShelf>().Load()).Single(row => row.Id == id);
        Assert.Equal(("renewal", 1, true), (row.Phase, row.Latest.Version, row.IsDraft));
    }

    [Theory]
    [InlineData(" ", "needs a name")]
    [InlineData("Outreach", "another name")]
    public async Task A_playbook_without_a_name_of_its_own_is_refused_with_the_cure(string name, string cure) =>
        Assert.Contains(cure, (await Assert.ThrowsAsync<DefinitionException>(() => Desk.Create(name, "close", null, "Karen"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Deleting_can_be_undone_with_all_versions_and_scripts()
    {
        var id = await Desk.Duplicate("outreach", "Karen");
        await Store.Publish(id, "first", "Karen");
        await Store.SaveTexts(id, [new(DefinitionTextKind.Script, "hello.en.sbn", "Hi")], "Karen");

        var deleted = await Desk.Delete(id);
        Assert.Null(await Store.Get(id));
        await Desk.PutBack(deleted);

        Assert.Equal([2, 1], (await Store.Versions(id)).Select(version => version.Version));
        Assert.Equal(1, (await Store.Get(id, VersionChoice.Published))!.Version);
        Assert.Contains(await Store.Texts((await Store.Get(id))!.Id), text => text.Text == "Hi");
    }

    [Fact]
    public async Task A_playbook_that_runs_have_used_is_not_deleted_and_says_what_to_do_instead()
    {
        await _trial.Run("outreach");

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => Desk.Delete("outreach"));

        Assert.Contains("1 run has used it", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Retract it instead", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(await Store.Get("outreach"));
    }

    [Fact]
    public async Task A_retracted_version_is_live_again_after_undo_even_where_a_draft_came_after_it()
    {
        await Store.SaveTexts("outreach", [new(DefinitionTextKind.Script, "hello.en.sbn", "Hi")], "Karen");
        var retracted = await Desk.Retract("outreach", "Karen");

        await Store.PublishVersion(retracted.Id, "undone", "Karen");

        Assert.Equal((1, 2), ((await Store.Get("outreach", VersionChoice.Published))!.Version, (await Store.Get("outreach"))!.Version));
    }

    [Fact]
    public async Task A_draft_cannot_be_published_past_its_checks()
    {
        await Store.SaveTexts("outreach", [new(DefinitionTextKind.Script, "hello.en.sbn", "Hi")], "Karen");
        var draft = (await Store.Get("outreach"))!;

        Assert.Contains("never published", (await Assert.ThrowsAsync<DefinitionException>(() => Store.PublishVersion(draft.Id, "x", "Karen"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_says_what_will_happen_then_does_it_and_can_be_undone()
    {
        var import = Get<PlaybookImport>();
        var zip = new BroughtFile("a.zip", PlaybookPackage.Write([("outreach", await Desk.Content("outreach") with { Texts = [new(DefinitionTextKind.Script, "hello.en.sbn", "Hi")] }), ("fresh", PlaybookDocument.Empty("fresh", "Fresh", "close"))]));

        var items = await import.Preview([zip]);
        var known = items.Single(item => item.Brought.Id == "outreach");
        var fresh = items.Single(item => item.Brought.Id == "fresh");
        Assert.Equal((1, ImportChoice.Draft), (known.Here!.Version, known.Suggested));
        Assert.Equal(((DefinitionVersion?)null, ImportChoice.New), (fresh.Here, fresh.Suggested));
        Assert.Equal(["outreach"], await Store.Ids());

        var draft = await import.Take(known, known.Suggested, "Karen");
        var created = await import.Take(fresh, fresh.Suggested, "Karen");
        Assert.Equal((2, 1), ((await Store.Get("outreach"))!.Version, (await Store.Get("outreach", VersionChoice.Published))!.Version));
        Assert.Equal("fresh", created.Id);

        var before = (await Store.Get("outreach", VersionChoice.Published))!.ContentHash;
        await created.Undo();
        await draft.Undo();
        Assert.Null(await Store.Get("fresh"));
        Assert.Equal(before, (await Store.Get("outreach"))!.ContentHash);
    }

    [Fact]
    public async Task An_import_over_somebodys_draft_is_a_playbook_of_its_own_unless_asked()
    {
        var brought = new BroughtFile("a.zip", PlaybookPackage.Write([("outreach", await Desk.Content("outreach"))]));
        await Store.SaveTexts("outreach", [new(DefinitionTextKind.Script, "hello.en.sbn", "edited")], "Bo");

        var item = Assert.Single(await Get<PlaybookImport>().Preview([brought]));
        var (id, _) = await Get<PlaybookImport>().Take(item, item.Suggested, "Karen");

        Assert.Equal(ImportChoice.New, item.Suggested);
        Assert.NotEqual("outreach", id);
        Assert.Contains(await Store.Texts((await Store.Get("outreach"))!.Id), text => text.Text == "edited");
    }

    [Fact]
    public async Task What_is_here_already_letter_by_letter_is_left_out()
    {
        var item = Assert.Single(await Get<PlaybookImport>().Preview([new("a.zip", PlaybookPackage.Write([("outreach", await Desk.Content("outreach"))]))]));

        Assert.Equal((true, ImportChoice.Skip), (item.IsSame, item.Suggested));
    }

    [Fact]
    public async Task An_old_version_comes_back_as_a_draft_with_its_scripts_and_undo_brings_the_newer_one_back()
    {
        await Store.SaveTexts("outreach", [new(DefinitionTextKind.Script, "hello.en.sbn", "new words")], "Karen");
        var old = (await Store.Versions("outreach"))[^1];

        var undo = await Get<VersionDesk>().Restore(old.Id, "Karen");
        Assert.DoesNotContain(await Store.Texts((await Store.Get("outreach"))!.Id), text => text.Text == "new words");

        await undo();
        Assert.Contains(await Store.Texts((await Store.Get("outreach"))!.Id), text => text.Text == "new words");
    }

    [Fact]
    public async Task Two_versions_tell_which_lines_of_a_script_changed()
    {
        await Store.SaveTexts("outreach", [new(DefinitionTextKind.Script, "hello.en.sbn", Trial.Playbooks.Greeting.Replace("Hi ", "Good day ", StringComparison.Ordinal))], "Karen");
        var versions = await Store.Versions("outreach");

        var difference = await Get<VersionDesk>().Compare(versions[1].Id, versions[0].Id);

        Assert.True(difference.Document!.IsEmpty);
        var text = Assert.Single(difference.Texts);
        Assert.Equal("Script hello.en.sbn", text.Name);
        Assert.Equal(["-Hi", "+Good"], text.Lines.Where(line => line.Change != Playbook.Engine.Definitions.Comparison.LineChange.Same).Select(line => (line.Change == Playbook.Engine.Definitions.Comparison.LineChange.Added ? "+" : "-") + line.Text.Split(' ')[0]));
    }

    [Fact]
    public async Task A_mend_is_a_draft_and_can_be_undone()
    {
        var fix = new QuickFix("Rename", document => (document["name"] = "Renamed") is not null);

        var before = await Get<Mending>().Apply("outreach", fix, "Karen");
        Assert.Contains("Renamed", (await Store.Get("outreach"))!.Json, StringComparison.Ordinal);
        await Get<Mending>().PutBack("outreach", before, "Karen");

        Assert.DoesNotContain("Renamed", (await Store.Get("outreach"))!.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_designer_sees_draft_live_version_and_runs()
    {
        await _trial.Run("outreach");
        await Store.SaveTexts("outreach", [new(DefinitionTextKind.Script, "hello.en.sbn", "Hi")], "Karen");

        var state = (await Get<DesignerDesk>().Load("outreach"))!;

        Assert.Equal((2, 1, true, 1), (state.Latest.Version, state.Published!.Version, state.IsDraft, state.Running));
        Assert.Null(await Get<DesignerDesk>().Load("nobody"));
    }
}
