using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>
/// Makes what a run states about its subject true of the subject's record, in the commit that states it: a phase reached,
/// a consent given, a contact refused. A database without those records (a store on its own) is left alone.
/// </summary>
internal sealed class FactTables : IDisposable
{
    private readonly Statement? _phase;
    private readonly Statement? _consent;
    private readonly Statement? _refusal;

    internal FactTables(sqlite3 connection, WriterFaults? faults)
    {
        if (RunTable.Last(connection, "SELECT count(*) FROM sqlite_master WHERE name IN ('Contacts', 'Opportunities')") < 2)
            return;
        // EF Core stores ids in capitals; subjects have them in small letters.
        _phase = new(connection, "UPDATE Opportunities SET Phase = ?2, UpdatedAt = ?3 WHERE Id = upper(?1)", faults);
        _consent = new(connection, "UPDATE Contacts SET ConsentEmail = 1, UpdatedAt = ?2 WHERE Id = upper(?1) AND DoNotContact = 0", faults);
        _refusal = new(connection, "UPDATE Contacts SET ConsentEmail = 0, DoNotContact = 1, UpdatedAt = ?2 WHERE Id = upper(?1)", faults);
    }

    internal void Apply(RunEvent fact, RunState state, DateTimeOffset at)
    {
        switch (fact.Text)
        {
            case "PhaseChanged" when Id(state, "opportunity") is { } opportunity && fact.Data?.GetValueOrDefault("phase") is string phase:
                _phase?.Bind(1, opportunity).Bind(2, phase).Bind(3, at.UtcTicks).Execute();
                break;
            case SpokenWill.ConsentGiven when Id(state, "contact") is { } contact:
                _consent?.Bind(1, contact).Bind(2, at.UtcTicks).Execute();
                break;
            case SpokenWill.ContactRefused when Id(state, "contact") is { } contact:
                _refusal?.Bind(1, contact).Bind(2, at.UtcTicks).Execute();
                break;
        }
    }

    public void Dispose()
    {
        _phase?.Dispose();
        _consent?.Dispose();
        _refusal?.Dispose();
    }

    private static string? Id(RunState state, string what) =>
        state.Subject.Kind == what ? state.Subject.Id
        : state.Subject.Facts.GetValueOrDefault(what) is IReadOnlyDictionary<string, object?> facts ? facts.GetValueOrDefault("id") as string : null;
}
