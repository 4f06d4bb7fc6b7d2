using System.Buffers;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Storage.Privacy;

/// <summary>Writes a run's state and its history anew without a person. What happened and when stays, for metrics.</summary>
internal sealed class RunScrub(PersonTraces traces, string contactId)
{
    // Who somebody is; what decides the way of the run, such as a country, tells nothing without these.
    private static readonly HashSet<string> Kept = new(["id", "country", "language", "time_zone", "is_consumer", "do_not_contact", "consent_email"], StringComparer.Ordinal);

    public void Write(RunState state, IBufferWriter<byte> output)
    {
        var isOwn = IsAbout(state.Subject);
        state.Subject = Without(state.Subject);
        state.Write(output, text => traces.Without(text, isOwn));
    }

    public void Write(JournalEntry turn, bool isOwn, RunState state, IBufferWriter<byte> output)
    {
        var stimulus = turn.Stimulus with { Facts = turn.Stimulus.Facts is { } facts ? Without(facts) : null };
        // What was written down or answered freely may tell of them without naming them.
        if (isOwn)
            stimulus = stimulus switch
            {
                Stimulus.TaskCompleted task => task with { Fields = task.Fields.ToDictionary(field => field.Key, field => field.Value is string ? PersonTraces.Erased : field.Value) },
                Stimulus.Replied { Text: not null } reply => reply with { Text = PersonTraces.Erased },
                _ => stimulus,
            };
        var written = new Transition { State = state, Stimulus = stimulus, At = turn.At, Events = [.. turn.Events.Select(e => isOwn ? WithoutWording(e) : e)] };
        Journal.Write(written, output, text => traces.Without(text, isOwn));
    }

    public bool IsAbout(Subject subject) =>
        string.Equals(subject.Id, contactId, StringComparison.OrdinalIgnoreCase) || string.Equals(ContactOf(subject), contactId, StringComparison.OrdinalIgnoreCase);

    private static RunEvent WithoutWording(RunEvent e) => e.Data is { } data && data.ContainsKey("wording")
        ? e with { Data = data.ToDictionary(pair => pair.Key, pair => pair.Key == "wording" && pair.Value is not null ? PersonTraces.Erased : pair.Value) }
        : e;

    private static string? ContactOf(Subject subject) => (subject.Facts.GetValueOrDefault("contact") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("id") as string;

    private Subject Without(Subject subject)
    {
        if (!IsAbout(subject) || subject.Facts.GetValueOrDefault("contact") is not IReadOnlyDictionary<string, object?> contact)
            return subject;
        var facts = subject.Facts.ToDictionary(fact => fact.Key, fact => fact.Value);
        facts["contact"] = contact.ToDictionary(fact => fact.Key, fact => Kept.Contains(fact.Key) ? fact.Value : null);
        return subject with { Facts = facts };
    }
}
