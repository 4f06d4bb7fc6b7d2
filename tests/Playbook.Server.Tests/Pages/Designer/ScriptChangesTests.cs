using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Definitions;
using Playbook.Server.Pages.Designer.Scripts;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Pages.Designer;

public sealed class ScriptChangesTests
{
    [Fact]
    public async Task The_shelf_knows_languages_uses_and_problems()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);

        var script = Assert.Single(await Shelf(trial));

        Assert.Equal(("hello", false), (script.Name, script.IsMissing));
        Assert.Equal(["en", "da"], script.Texts.Select(text => text.Language));
        Assert.Equal(["call", "mail"], script.UsedBy.Select(use => use.ActivityId));
        Assert.Equal(0, script.Problems);
    }

    [Fact]
    public async Task A_script_that_a_step_names_and_nobody_wrote_stands_on_the_shelf_as_missing()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "alone", [Drawing.Message("mail", "nowhere")], ("other.v2.sbn", "{{ contact.nickname }}")));

        var shelf = await Shelf(trial, "alone");

        Assert.Equal(["nowhere", "other.v2"], shelf.Select(script => script.Name));
        Assert.True(shelf[0].IsMissing);
        Assert.Equal(("", 1), (shelf[1].Texts[0].Language, shelf[1].Problems));
    }

    [Fact]
    public async Task Renaming_with_the_steps_changes_both_at_once_and_can_be_undone()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        var changes = trial.Server.Services.GetRequiredService<ScriptChanges>();
        var before = await Latest(trial);

        var undo = await changes.Rename("outreach", (await Shelf(trial))[0], "greeting", withSteps: true, "anna");

        var renamed = Assert.Single(await Shelf(trial));
        Assert.Equal(("greeting", 2, 2), (renamed.Name, renamed.Texts.Count, renamed.UsedBy.Count));
        Assert.Equal(before.Version + 1, (await Latest(trial)).Version);
        await undo();
        var back = Assert.Single(await Shelf(trial));
        Assert.Equal(("hello", 2, 2), (back.Name, back.Texts.Count, back.UsedBy.Count));
        Assert.Equal(before.Json, (await Latest(trial)).Json);
    }

    [Fact]
    public async Task Renaming_without_the_steps_leaves_them_with_a_missing_script_that_is_told_of()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        var changes = trial.Server.Services.GetRequiredService<ScriptChanges>();

        var undo = await changes.Rename("outreach", (await Shelf(trial))[0], "greeting", withSteps: false, "anna");

        Assert.Equal([("greeting", false), ("hello", true)], (await Shelf(trial)).Select(script => (script.Name, script.IsMissing)));
        await undo();
        Assert.Equal([("hello", false)], (await Shelf(trial)).Select(script => (script.Name, script.IsMissing)));
    }

    [Fact]
    public async Task Deleting_can_be_undone_and_never_takes_what_somebody_else_wrote_meanwhile()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        var store = trial.Server.Services.GetRequiredService<DefinitionStore>();
        var changes = trial.Server.Services.GetRequiredService<ScriptChanges>();
        var texts = (await Shelf(trial))[0].Texts;

        var undo = await changes.Delete("outreach", texts, "anna");
        Assert.True((await Shelf(trial))[0].IsMissing);
        await undo();
        Assert.Equal(Trial.Playbooks.Greeting, (await Shelf(trial))[0].Texts[0].Text);

        await store.SaveTexts("outreach", [new TextChange(DefinitionTextKind.Script, texts[0].File, "Bo was here")], "bo", cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<DefinitionConflictException>(() => changes.Delete("outreach", texts, "anna"));
        Assert.Equal("Bo was here", (await Shelf(trial))[0].Texts[0].Text);
    }

    [Theory]
    [InlineData("", "Give it a name")]
    [InlineData("Intro Mail", "small letters")]
    [InlineData("../secret", "small letters")]
    [InlineData("hello", "already")]
    public async Task A_name_that_cannot_be_taken_is_refused_with_the_reason(string name, string reason)
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);

        Assert.Contains(reason, ScriptChanges.Problem(name, await Shelf(trial)), StringComparison.Ordinal);
        Assert.Null(ScriptChanges.Problem("hello-2", await Shelf(trial)));
    }

    [Fact]
    public async Task The_editor_is_offered_what_is_in_scope()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        var definition = (await trial.Server.Services.GetRequiredService<DefinitionCache>().Published("outreach", TestContext.Current.CancellationToken))!.Definition;

        var words = ScriptScope.Words(definition);

        Assert.Contains(words.Names, word => word.Label == "contact");
        Assert.Contains(words.Members["contact"], word => word.Label == "first_name");
        Assert.Contains(words.Members["previous"], word => word.Label == "call");
        Assert.Contains(words.Members["string"], word => word.Label == "upcase");
        Assert.Contains(words.Functions, word => word.Label == "string.upcase");
        Assert.DoesNotContain(words.Functions, word => word.Label is "include" or "object.eval");
    }

    private static async Task<DefinitionVersion> Latest(TrialServer trial, string id = "outreach") =>
        (await trial.Server.Services.GetRequiredService<DefinitionStore>().Get(id, cancellationToken: TestContext.Current.CancellationToken))!;

    private static async Task<IReadOnlyList<ScriptEntry>> Shelf(TrialServer trial, string id = "outreach")
    {
        var latest = await Latest(trial, id);
        var texts = await trial.Server.Services.GetRequiredService<DefinitionStore>().Texts(latest.Id, TestContext.Current.CancellationToken);
        var report = await trial.Server.Services.GetRequiredService<PlaybookChecks>().Check(latest, TestContext.Current.CancellationToken);
        return ScriptShelf.Read(report.Playbook?.Definition, texts);
    }
}
