using System.Globalization;
using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>
/// Recognises an event from a channel that is brought again. One event goes to every bookmark that waited when it came
/// first, and to none that was made since: a wait that goes on after an automatic answer must not hear the same one twice.
/// </summary>
internal static class TakenEvents
{
    /// <summary>How many a run remembers; whoever brings events has far fewer of one contact under way at a time.</summary>
    private const int Remembered = 16;

    public static bool IsTaken(RunState state, Stimulus stimulus) =>
        stimulus is { EventId: { } id, BookmarkId: { } bookmarkId } && state.Taken?.Find(taken => taken.Id == id) is { Id: not null } first && NumberOf(bookmarkId) >= first.Before;

    public static void Remember(RunState state, Stimulus stimulus)
    {
        if (stimulus.EventId is not { } id || state.Taken?.Exists(taken => taken.Id == id) == true)
            return;
        var all = state.Taken ??= [];
        all.Add(new TakenEvent(id, state.NextBookmark));
        if (all.Count > Remembered)
            all.RemoveAt(0);
    }

    private static int NumberOf(string bookmarkId) =>
        bookmarkId.Length > 33 && int.TryParse(bookmarkId.AsSpan(33), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
