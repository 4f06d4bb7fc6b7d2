using Playbook.Engine.Runs;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Sales.Queue;
using Playbook.Storage.Queue;
using Playbook.Storage.Sending;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>
/// Makes what a run states about its subject true of the subject's record, in the commit that states it: a phase reached,
/// a consent given, a contact refused. A database without those records (a store on its own) is left alone.
/// </summary>
internal sealed class FactTables : IDisposable
{
    private readonly Func<LedgerTables> _ledger;
    private readonly Func<PromiseWriting> _promises;
    private readonly Statement? _phase;
    private readonly Statement? _address;

    internal FactTables(Func<LedgerTables> ledger, Func<PromiseWriting> promises, sqlite3 connection, WriterFaults? faults)
    {
        _ledger = ledger;
        _promises = promises;
        if (RunTable.Last(connection, "SELECT count(*) FROM sqlite_master WHERE name IN ('Contacts', 'Opportunities', 'Consents', 'Promises')") < 4)
            return;
        // EF Core stores ids in capitals; subjects have them in small letters.
        _address = new(connection, "UPDATE Contacts SET Email = coalesce(?2, Email), Phone = coalesce(?3, Phone), UpdatedAt = ?4 WHERE Id = upper(?1)", faults);
        _phase = new(connection, "UPDATE Opportunities SET Phase = ?2, UpdatedAt = ?3 WHERE Id = upper(?1)", faults);
    }

    internal void Apply(RunEvent fact, RunState state, DateTimeOffset at)
    {
        if (_phase is null)
            return;
        switch (fact.Text)
        {
            case "PhaseChanged" when Id(state, "opportunity") is { } opportunity && fact.Data?.GetValueOrDefault("phase") is string phase:
                _phase.Bind(1, opportunity).Bind(2, phase).Bind(3, at.UtcTicks).Execute();
                break;
            case CorrectedAddress.Fact when Id(state, "contact") is { } contact:
                _address!.Bind(1, contact).Bind(2, fact.Data?.GetValueOrDefault("email") as string).Bind(3, fact.Data?.GetValueOrDefault("phone") as string).Bind(4, at.UtcTicks).Execute();
                break;
            case SpokenWill.ConsentGiven or SpokenWill.ContactRefused when Guid.TryParse(Id(state, "contact"), out var contact):
                _ledger().Add(Entry(fact, contact, at));
                break;
            case SpokenPromise.Made when Guid.TryParse(Id(state, "contact"), out var contact) && fact.Data?.GetValueOrDefault("promised") is DateTimeOffset promised:
                _promises().Add(new Promise
                {
                    Id = Guid.CreateVersion7(at), ContactId = contact, TaskId = fact.Data.GetValueOrDefault("task") as string, Text = fact.Data.GetValueOrDefault("text") as string ?? "",
                    At = promised, MadeAt = at, By = fact.Data.GetValueOrDefault("by") as string,
                });
                break;
        }
    }

    /// <summary>A person has done a task about a contact: what was promised to them for about now is kept with that.</summary>
    internal void Done(TaskClosed task, RunState state, DateTimeOffset at)
    {
        if (_phase is not null && task.Outcome is not null && Guid.TryParse(Id(state, "contact"), out var contact))
            _promises().Done(contact, task.By, at);
    }

    public void Dispose()
    {
        _phase?.Dispose();
        _address?.Dispose();
    }

    private static ConsentEntry Entry(RunEvent fact, Guid contact, DateTimeOffset at)
    {
        var isGiven = fact.Text == SpokenWill.ConsentGiven;
        return new()
        {
            Id = Guid.CreateVersion7(at),
            ContactId = contact,
            Act = isGiven ? ConsentAct.Given : ConsentAct.Objected,
            Scope = Said("scope") ?? (isGiven ? "email" : ConsentEntry.Everything),
            At = at,
            Channel = Said("channel"),
            Wording = Said("wording"),
            Evidence = Said("evidence"),
            By = Said("by"),
            Basis = isGiven ? "consent" : "objection",
        };

        string? Said(string name) => fact.Data?.GetValueOrDefault(name) as string;
    }

    private static string? Id(RunState state, string what) =>
        state.Subject.Kind == what ? state.Subject.Id
        : state.Subject.Facts.GetValueOrDefault(what) is IReadOnlyDictionary<string, object?> facts ? facts.GetValueOrDefault("id") as string : null;
}
