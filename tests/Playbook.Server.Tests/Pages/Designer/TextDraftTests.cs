using Playbook.Server.Pages.Designer.Editor;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Pages.Designer;

public sealed class TextDraftTests
{
    private string? _stored = "one";
    private Exception? _fault;
    private TaskCompletionSource? _slow;

    [Fact]
    public async Task What_is_typed_is_stored()
    {
        var draft = Draft();
        draft.Type("two");
        Assert.Equal(TextDraftState.Typed, draft.State);

        await draft.Save();

        Assert.Equal((TextDraftState.Saved, "two"), (draft.State, _stored));
    }

    [Fact]
    public async Task What_is_typed_while_it_is_saved_is_not_taken_for_saved()
    {
        _slow = new();
        var draft = Draft();
        draft.Type("two");
        var saving = draft.Save();
        draft.Type("three");
        _slow.SetResult();
        await saving;

        Assert.Equal((TextDraftState.Typed, "two", "three"), (draft.State, _stored, draft.Text));
        await draft.Save();
        Assert.Equal((TextDraftState.Saved, "three"), (draft.State, _stored));
    }

    [Fact]
    public async Task A_fault_keeps_the_text_and_says_why()
    {
        _fault = new IOException("The disk is full.");
        var draft = Draft();
        draft.Type("two");

        await draft.Save();

        Assert.Equal((TextDraftState.Failed, "The disk is full.", "two"), (draft.State, draft.Problem, draft.Text));
        _fault = null;
        await draft.Save();
        Assert.Equal((TextDraftState.Saved, "two"), (draft.State, _stored));
    }

    [Fact]
    public async Task Somebody_elses_text_is_never_overwritten_unasked()
    {
        var draft = Draft();
        draft.Type("mine");
        _stored = "theirs";

        await draft.Save();
        draft.Type("mine!");
        await draft.Save();

        Assert.Equal((TextDraftState.Conflict, "theirs", "theirs", "mine!"), (draft.State, draft.Theirs, _stored, draft.Text));
        draft.KeepMine();
        await draft.Save();
        Assert.Equal((TextDraftState.Saved, "mine!"), (draft.State, _stored));
    }

    [Fact]
    public async Task Somebody_elses_text_can_be_taken()
    {
        var draft = Draft();
        draft.Type("mine");
        _stored = "theirs";
        await draft.Save();

        draft.TakeTheirs();

        Assert.Equal((TextDraftState.Saved, "theirs"), (draft.State, draft.Text));
        Assert.False(draft.IsUnsaved);
    }

    [Fact]
    public async Task A_change_elsewhere_is_followed_where_nothing_was_typed_and_a_conflict_where_something_was()
    {
        var untouched = Draft();
        Assert.True(await untouched.Follow("theirs"));
        Assert.Equal("theirs", untouched.Text);

        var typed = Draft();
        typed.Type("mine");
        Assert.False(await typed.Follow("theirs"));
        Assert.Equal((TextDraftState.Conflict, "mine", "theirs"), (typed.State, typed.Text, typed.Theirs));
    }

    [Fact]
    public async Task A_late_reading_of_what_one_stored_oneself_is_no_conflict()
    {
        var draft = Draft();
        draft.Type("two");
        await draft.Save();
        draft.Type("three");

        Assert.False(await draft.Follow("one"));

        Assert.Equal((TextDraftState.Typed, "three"), (draft.State, draft.Text));
        await draft.Save();
        Assert.Equal((TextDraftState.Saved, "three"), (draft.State, _stored));
    }

    [Fact]
    public async Task A_late_reading_does_not_bring_back_what_was_typed_over_and_saved()
    {
        var draft = Draft();
        draft.Type("two");
        await draft.Save();
        draft.Type("three");
        await draft.Save();

        Assert.False(await draft.Follow("two"));

        Assert.Equal((TextDraftState.Saved, "three"), (draft.State, draft.Text));
    }

    [Fact]
    public async Task Somebodys_going_back_to_an_earlier_text_is_followed_where_nothing_was_typed()
    {
        var draft = Draft();
        draft.Type("two");
        await draft.Save();
        _stored = "one";

        Assert.True(await draft.Follow("one"));

        Assert.Equal((TextDraftState.Saved, "one"), (draft.State, draft.Text));
    }

    [Fact]
    public async Task Who_goes_back_to_an_earlier_text_meanwhile_is_met()
    {
        var draft = Draft();
        draft.Type("two");
        await draft.Save();
        draft.Type("three");
        _stored = "one";
        await draft.Follow("one");

        await draft.Save();

        Assert.Equal((TextDraftState.Conflict, "one", "three"), (draft.State, draft.Theirs, draft.Text));
    }

    [Fact]
    public async Task Words_that_were_on_their_way_when_somebody_elses_text_came_are_a_conflict_too()
    {
        _stored = "theirs";
        var draft = Draft();
        await draft.Follow("theirs");

        draft.Clash();
        draft.Type("mine");
        await draft.Save();

        Assert.Equal((TextDraftState.Conflict, "theirs", "mine", "theirs"), (draft.State, draft.Theirs, draft.Text, _stored));
    }

    [Fact]
    public async Task A_text_that_somebody_deleted_can_be_kept()
    {
        var draft = Draft();
        draft.Type("mine");
        _stored = null;
        await draft.Save();
        Assert.Equal((TextDraftState.Conflict, null), (draft.State, draft.Theirs));

        draft.KeepMine();
        await draft.Save();

        Assert.Equal((TextDraftState.Saved, "mine"), (draft.State, _stored));
    }

    private TextDraft Draft() => new(DefinitionTextKind.Script, "a.en.sbn", "one", Save, () => Task.FromResult(_stored));

    private async Task Save(TextChange change)
    {
        if (_slow is not null)
            await _slow.Task;
        if (_fault is not null)
            throw _fault;
        Assert.True(change.ChecksBefore);
        if (_stored != change.Before)
            throw new DefinitionConflictException("Somebody was faster.", null!);
        _stored = change.Text;
    }
}
