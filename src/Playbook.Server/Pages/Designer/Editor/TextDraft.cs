using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer.Editor;

public enum TextDraftState
{
    Saved,

    /// <summary>Something was typed and is about to be saved.</summary>
    Typed,
    Saving,

    /// <summary>It could not be saved; the text is kept and <see cref="TextDraft.Problem"/> says why.</summary>
    Failed,

    /// <summary>Somebody else saved the same text meanwhile: <see cref="TextDraft.Theirs"/>.</summary>
    Conflict,
}

/// <summary>A script or scenario under somebody's hands: knows what it began from, and never overwrites what somebody else wrote.</summary>
/// <param name="kind">Script or scenario.</param>
/// <param name="name">The file's name.</param>
/// <param name="stored">The text as it is stored.</param>
/// <param name="save">Stores a change.</param>
/// <param name="read">Reads what is stored now; null where it is gone.</param>
public sealed class TextDraft(DefinitionTextKind kind, string name, string stored, Func<TextChange, Task> save, Func<Task<string?>> read)
{
    public DefinitionTextKind Kind => kind;
    public string Name => name;

    private const int MostEarlier = 16;

    /// <summary>What was stored before, by this editor: a reading that was late may still bring it.</summary>
    private readonly Queue<string?> _earlier = new();

    /// <summary>As it stands in the editor.</summary>
    public string Text { get; private set; } = stored;

    /// <summary>As it was last known to be stored; null where somebody deleted it.</summary>
    public string? Stored { get; private set; } = stored;

    public TextDraftState State { get; private set; }
    public string? Problem { get; private set; }

    /// <summary>What somebody else made of it; null where they deleted it. Only in a conflict.</summary>
    public string? Theirs { get; private set; }

    public bool IsUnsaved => Text != Stored;

    public void Type(string text)
    {
        Text = text;
        if (State != TextDraftState.Conflict && State != TextDraftState.Saving)
            State = IsUnsaved ? TextDraftState.Typed : TextDraftState.Saved;
    }

    /// <summary>Stores what was typed. Does nothing where there is nothing to store, or a conflict to be decided first.</summary>
    public async Task Save()
    {
        if (!IsUnsaved || State is TextDraftState.Conflict or TextDraftState.Saving)
            return;
        State = TextDraftState.Saving;
        var text = Text;
        try
        {
            await save(new TextChange(kind, name, text) { ChecksBefore = true, Before = Stored });
            Outdate(Stored);
            Stored = text;
            Problem = null;
            State = IsUnsaved ? TextDraftState.Typed : TextDraftState.Saved;
        }
        catch (DefinitionConflictException)
        {
            Meet(await read());
        }
        catch (Exception fault) when (fault is DefinitionException or DbException or DbUpdateException or IOException or InvalidOperationException)
        {
            Problem = fault.InnerException?.Message ?? fault.Message;
            State = TextDraftState.Failed;
        }
    }

    /// <summary>The stored text has changed: it is followed where nothing was typed, else it is a conflict.</summary>
    /// <returns>Whether the editor has to show another text.</returns>
    public async Task<bool> Follow(string? storedNow)
    {
        if (storedNow == Stored || State == TextDraftState.Saving)
            return false;
        // A reading that came late looks like somebody's going back to that text: what is stored now tells them apart.
        if (_earlier.Contains(storedNow))
        {
            var known = Stored;
            storedNow = await read();
            if (storedNow == Stored || known != Stored || State == TextDraftState.Saving)
                return false;
        }

        if (IsUnsaved && storedNow != Text)
        {
            Meet(storedNow);
            return false;
        }

        Stored = storedNow;
        State = TextDraftState.Saved;
        if (storedNow is null || storedNow == Text)
            return false;
        Text = storedNow;
        return true;
    }

    /// <summary>What was followed met words that are typed already and still on their way: it is a conflict after all.</summary>
    public void Clash() => Meet(Stored);

    /// <summary>Decides a conflict for what stands here; it is stored next.</summary>
    public void KeepMine()
    {
        Stored = Theirs;
        Theirs = null;
        State = TextDraftState.Typed;
    }

    /// <summary>Decides a conflict for what somebody else wrote.</summary>
    public void TakeTheirs()
    {
        Stored = Theirs;
        Text = Theirs ?? Text;
        Theirs = null;
        State = TextDraftState.Saved;
    }

    private void Outdate(string? text)
    {
        if (_earlier.Count == MostEarlier)
            _earlier.Dequeue();
        _earlier.Enqueue(text);
    }

    private void Meet(string? theirs)
    {
        Theirs = theirs;
        State = TextDraftState.Conflict;
    }
}
