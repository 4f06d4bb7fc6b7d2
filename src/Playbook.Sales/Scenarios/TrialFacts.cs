using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;

namespace Playbook.Sales.Scenarios;

/// <summary>
/// What the runs of a trial state about their subject, made true for their later turns: as the database does it for real
/// contacts, a consent given in a call lets the next e-mail go.
/// </summary>
internal sealed class TrialFacts
{
    private readonly Dictionary<string, bool> _mayWrite = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _phases = new(StringComparer.Ordinal);

    public void Learn(Transition turn)
    {
        foreach (var fact in turn.Events)
            if (fact.Kind == RunEventKind.Fact)
                Learn(fact, turn.State.Subject);
    }

    /// <summary>The contact wants no more.</summary>
    public void Refuse(Subject subject)
    {
        if (Id(subject, "contact") is { } contact)
            _mayWrite[contact] = false;
    }

    /// <summary>The subject as it is known now; the very same where nothing was learned.</summary>
    public Subject Refresh(Subject subject)
    {
        var facts = subject.Facts;
        // Who asked to be left alone stays so, whatever is said later.
        if (Id(subject, "contact") is { } contact && _mayWrite.TryGetValue(contact, out var mayWrite) && !(mayWrite && IsRefused(facts)))
            facts = With(facts, "contact", ("consent_email", mayWrite), ("do_not_contact", !mayWrite));
        if (Id(subject, "opportunity") is { } opportunity && _phases.TryGetValue(opportunity, out var phase))
            facts = With(facts, "opportunity", ("phase", phase));
        return ReferenceEquals(facts, subject.Facts) ? subject : subject with { Facts = facts };
    }

    private void Learn(RunEvent fact, Subject subject)
    {
        switch (fact.Text)
        {
            // A refusal outranks every consent that comes after it.
            case SpokenWill.ConsentGiven when fact.Data?.GetValueOrDefault("scope") is null or "email" && Id(subject, "contact") is { } contact:
                _mayWrite.TryAdd(contact, true);
                break;
            case SpokenWill.ContactRefused when Id(subject, "contact") is { } contact:
                _mayWrite[contact] = false;
                break;
            case "PhaseChanged" when Id(subject, "opportunity") is { } opportunity && fact.Data?.GetValueOrDefault("phase") is string phase:
                _phases[opportunity] = phase;
                break;
        }
    }

    private static bool IsRefused(IReadOnlyDictionary<string, object?> facts) =>
        facts.GetValueOrDefault("contact") is IReadOnlyDictionary<string, object?> contact && contact.GetValueOrDefault("do_not_contact") is true;

    private static Dictionary<string, object?> With(IReadOnlyDictionary<string, object?> facts, string of, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var members = new Dictionary<string, object?>((facts.GetValueOrDefault(of) as IReadOnlyDictionary<string, object?>) ?? new Dictionary<string, object?>());
        foreach (var (name, value) in values)
            members[name] = value;
        return new Dictionary<string, object?>(facts) { [of] = members };
    }

    private static string? Id(Subject subject, string what) =>
        subject.Kind == what ? subject.Id
        : subject.Facts.GetValueOrDefault(what) is IReadOnlyDictionary<string, object?> facts ? facts.GetValueOrDefault("id") as string : null;
}
