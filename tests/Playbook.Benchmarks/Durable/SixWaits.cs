using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Benchmarks.Durable;

/// <summary>
/// A playbook of six waits, by hand: what the engine would make of it, without the engine. Three waits are for a day to
/// pass, one for a person, one for a reply, one for a message's fate.
/// </summary>
internal static class SixWaits
{
    internal const int Waits = 6;

    private static readonly (BookmarkKind Kind, string Name)[] Steps =
    [
        (BookmarkKind.Due, "Playbook.WaitUntilWindow"), (BookmarkKind.Delivery, "Playbook.SendMessage"), (BookmarkKind.Due, "Elsa.Delay"),
        (BookmarkKind.Reply, "Playbook.WaitForReply"), (BookmarkKind.Due, "Elsa.Delay"), (BookmarkKind.Due, "Elsa.Delay"),
    ];

    private static readonly Dictionary<string, object?> Facts = new()
    {
        ["contact"] = new Dictionary<string, object?> { ["firstName"] = "Karen", ["lastName"] = "Holm", ["email"] = "karen.holm@example.dk", ["timeZone"] = "Europe/Copenhagen" },
        ["account"] = new Dictionary<string, object?> { ["name"] = "Nordlys A/S", ["country"] = "DK", ["employees"] = 140L },
        ["rep"] = new Dictionary<string, object?> { ["name"] = "Jonas", ["email"] = "jonas@example.dk" },
    };

    internal static Transition Start(Guid id, DateTimeOffset now)
    {
        var state = new RunState
        {
            Id = id,
            DefinitionId = "cold-outreach",
            DefinitionVersionId = "0192a7c4d5e67f8091a2b3c4d5e6f708",
            DefinitionVersion = 3,
            CreatedAt = now,
            UpdatedAt = now,
            SubStatus = RunSubStatus.Suspended,
            Subject = new("contact", id.ToString("N"), Facts),
            Revision = 1,
            Variables = ["prospecting", 3L, true, null, "Asked for a call after the fair; speaks Danish."],
            PreviousOutcomes = new() { ["step-0-of-outreach"] = "Done", ["step-1-of-outreach"] = "Delivered" },
        };
        return Turn(state, new Stimulus.Started(new Dictionary<string, object?>()), now, [], "start-of-the-playbook");
    }

    internal static Transition Advance(RunState state, Stimulus stimulus, DateTimeOffset now)
    {
        RunBookmark[] woken = [.. state.Bookmarks];
        state.Bookmarks.Clear();
        state.Revision++;
        state.UpdatedAt = now;
        return Turn(state, stimulus, now, woken, woken[0].ActivityId);
    }

    private static Transition Turn(RunState state, Stimulus stimulus, DateTimeOffset now, RunBookmark[] woken, string from)
    {
        var events = new List<RunEvent>(4);
        if (woken.Length > 0)
            events.Add(new(RunEventKind.Resumed, from, woken[0].Name, (int)state.Revision));
        events.Add(new(RunEventKind.Completed, from, woken.Length > 0 ? woken[0].Name : "Elsa.Start", (int)state.Revision));

        var next = (int)state.Revision - 1;
        if (next >= Waits)
        {
            state.Status = RunStatus.Finished;
            state.SubStatus = RunSubStatus.Finished;
            state.FinishedAt = now;
            return new() { State = state, Stimulus = stimulus, At = now, Events = events, BookmarksRemoved = woken };
        }

        var (kind, name) = Steps[next];
        var activity = $"step-{next}-of-outreach";
        var waiting = new RunBookmark($"{state.Id:N}-{state.Revision}", kind, "due", activity, (int)state.Revision, name,
            kind == BookmarkKind.Due ? now.AddDays(1).AddSeconds(state.Id.GetHashCode() % 86_400) : null);
        state.Bookmarks.Add(waiting);
        events.Add(new(RunEventKind.Started, activity, name, (int)state.Revision));
        events.Add(new(RunEventKind.Suspended, activity, name, (int)state.Revision));
        return new() { State = state, Stimulus = stimulus, At = now, Events = events, BookmarksAdded = [waiting], BookmarksRemoved = woken };
    }
}
