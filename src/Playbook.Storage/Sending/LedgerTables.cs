using Playbook.Sales.Consent;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Writing;
using SQLitePCL;

namespace Playbook.Storage.Sending;

/// <summary>Writes touches, consents, suppressions and decisions on the writer's connection, in its transaction.</summary>
internal sealed class LedgerTables(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    // EF Core reads these tables: ids are text in capitals, enums their names, times ticks.
    private readonly Statement _touch = new(connection, """
        INSERT INTO Touches (Id, "Key", Channel, Direction, Kind, At, ContactId, AccountId, RunId, RepId, MessageKey, ProviderId, Mailbox, Address, Domain, Subject, Text, ReturnsAt)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) ON CONFLICT ("Key") DO NOTHING
        """, faults);

    private readonly Statement _sent = new(connection, """
        UPDATE Touches SET Kind = 'Sent', At = ?2, ProviderId = ?3, Address = coalesce(?4, Address), Domain = coalesce(?5, Domain), Subject = ?6, Text = ?7
        WHERE "Key" = ?1 AND Kind = 'Permitted'
        """, faults);

    private readonly Statement _release = new(connection, """DELETE FROM Touches WHERE "Key" = ?1 AND Kind = 'Permitted'""", faults);

    private readonly Statement _releaseWithdrawn = new(connection, """
        DELETE FROM Touches WHERE Kind = 'Permitted' AND "Key" IN (SELECT 'out:' || Id FROM Outbox WHERE Run = ?1 AND Kind = 'SendMessage' AND BookmarkId = ?2 AND Status <> 2)
        """, faults);

    private readonly Statement _consent = new(connection, """
        INSERT INTO Consents (Id, ContactId, "Act", Scope, At, Channel, Wording, Evidence, "By", Basis) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """, faults);

    private readonly Statement _given = new(connection, "UPDATE Contacts SET ConsentEmail = 1, UpdatedAt = ?2 WHERE Id = ?1 AND DoNotContact = 0", faults);
    private readonly Statement _withdrawn = new(connection, "UPDATE Contacts SET ConsentEmail = 0, UpdatedAt = ?2 WHERE Id = ?1", faults);
    private readonly Statement _objected = new(connection, "UPDATE Contacts SET ConsentEmail = 0, DoNotContact = 1, UpdatedAt = ?2 WHERE Id = ?1", faults);

    private readonly Statement _suppress = new(connection, """
        INSERT INTO Suppressions (Id, Kind, "Key", Scope, Reason, At, List, "By") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT ("Key", Scope) DO NOTHING
        """, faults);

    private readonly Statement _decision = new(connection, """
        INSERT INTO SendingDecisions (Id, MessageKey, At, Channel, Verdict, RuleId, Rule, Until, RunId, ContactId, Reasons, Facts)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """, faults);

    private readonly Statement _taken = new(connection, """
        INSERT INTO SuppressionLists (Name, ImportedAt, Rows, "By") VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (Name) DO UPDATE SET ImportedAt = excluded.ImportedAt, Rows = excluded.Rows, "By" = excluded."By"
        """, faults);

    private readonly Statement _setting = new(connection, """
        INSERT INTO SendingSettings (Name, Json, UpdatedAt, "By") VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (Name) DO UPDATE SET Json = excluded.Json, UpdatedAt = excluded.UpdatedAt, "By" = excluded."By"
        """, faults);

    // The questions of a decision, each prepared once on this connection.
    private readonly Dictionary<string, Statement> _questions = new(StringComparer.Ordinal);
    private SendingFacts? _facts;

    /// <summary>Reads in the open transaction: what was written before in it counts.</summary>
    internal SendingFacts Facts => _facts ??= new(Prepare);

    internal bool WasSent(string messageKey) =>
        Prepare("""SELECT 1 FROM Touches WHERE "Key" = ?1 AND Kind = 'Sent'""").Bind(1, Touch.KeyOut(messageKey)).Rows(row => row.Int32(0)).Count > 0;

    internal IReadOnlyList<DateTimeOffset> SentFrom(string mailbox, DateTimeOffset since) =>
        Prepare("SELECT At FROM Touches WHERE Mailbox = ?1 AND Mailbox IS NOT NULL AND Direction = 'Out' AND At > ?2").Bind(1, mailbox).Bind(2, since.UtcTicks).Rows(row => LedgerRows.Time(row, 0));

    internal void Add(SuppressionList list) =>
        _taken.Bind(1, list.Name).Bind(2, list.ImportedAt.UtcTicks).Bind(3, list.Rows).Bind(4, list.By).Execute();

    internal void Add(OperatorSetting setting) =>
        _setting.Bind(1, setting.Name).Bind(2, setting.Json).Bind(3, setting.UpdatedAt.UtcTicks).Bind(4, setting.By).Execute();

    internal bool Add(Touch touch) => Text(_touch, (1, touch.Id), (7, touch.ContactId), (8, touch.AccountId), (9, touch.RunId), (10, touch.RepId))
        .Bind(2, touch.Key).Bind(3, touch.Channel).Bind(4, touch.Direction.ToString()).Bind(5, touch.Kind.ToString()).Bind(6, touch.At.UtcTicks)
        .Bind(11, touch.MessageKey).Bind(12, touch.ProviderId).Bind(13, touch.Mailbox).Bind(14, touch.Address).Bind(15, touch.Domain)
        .Bind(16, touch.Subject).Bind(17, touch.Text).Bind(18, touch.ReturnsAt?.UtcTicks).Execute() == 1;

    internal bool Sent(SentTouch sent) => _sent
        .Bind(1, Touch.KeyOut(sent.MessageKey)).Bind(2, sent.At.UtcTicks).Bind(3, sent.ProviderId).Bind(4, sent.Address).Bind(5, SuppressionKey.DomainOf(sent.Address))
        .Bind(6, sent.Subject).Bind(7, sent.Text).Execute() == 1;

    /// <summary>The message's fate is known.</summary>
    internal bool Apply(MessageDone done) => done.Sent is { } sent ? Sent(sent) : Release(done.Id);

    /// <summary>The message whose fate nobody waits for any more will not go.</summary>
    internal void ReleaseWithdrawn(long run, string bookmarkId) => _releaseWithdrawn.Bind(1, run).Bind(2, bookmarkId).Execute();

    internal bool Release(string messageKey) => _release.Bind(1, Touch.KeyOut(messageKey)).Execute() == 1;

    /// <summary>Adds to the ledger and makes the contact's own record say the same.</summary>
    internal void Add(ConsentEntry entry)
    {
        Text(_consent, (1, entry.Id), (2, entry.ContactId)).Bind(3, entry.Act.ToString()).Bind(4, entry.Scope).Bind(5, entry.At.UtcTicks)
            .Bind(6, entry.Channel).Bind(7, entry.Wording).Bind(8, entry.Evidence).Bind(9, entry.By).Bind(10, entry.Basis).Execute();
        var mirror = entry.Act switch
        {
            ConsentAct.Objected when entry.Scope == ConsentEntry.Everything => _objected,
            ConsentAct.Given when IsAboutEmail(entry) => _given,
            ConsentAct.Withdrawn or ConsentAct.Objected when IsAboutEmail(entry) => _withdrawn,
            _ => null,
        };
        if (mirror is not null)
            Text(mirror, (1, entry.ContactId)).Bind(2, entry.At.UtcTicks).Execute();
    }

    internal bool Add(Suppression entry) => Text(_suppress, (1, entry.Id)).Bind(2, entry.Kind.ToString()).Bind(3, entry.Key).Bind(4, entry.Scope)
        .Bind(5, entry.Reason).Bind(6, entry.At.UtcTicks).Bind(7, entry.List).Bind(8, entry.By).Execute() == 1;

    internal void Add(KeptDecision decision) => Text(_decision, (1, decision.Id), (9, decision.RunId), (10, decision.ContactId))
        .Bind(2, decision.MessageKey).Bind(3, decision.At.UtcTicks).Bind(4, decision.Channel).Bind(5, decision.Verdict.ToString()).Bind(6, decision.RuleId)
        .Bind(7, decision.Rule).Bind(8, decision.Until?.UtcTicks).Bind(11, decision.Reasons).Bind(12, decision.Facts).Execute();

    public void Dispose()
    {
        foreach (var question in _questions.Values)
            question.Dispose();
        _taken.Dispose();
        _setting.Dispose();
        _touch.Dispose();
        _sent.Dispose();
        _release.Dispose();
        _releaseWithdrawn.Dispose();
        _consent.Dispose();
        _given.Dispose();
        _withdrawn.Dispose();
        _objected.Dispose();
        _suppress.Dispose();
        _decision.Dispose();
    }

    private Statement Prepare(string sql)
    {
        if (!_questions.TryGetValue(sql, out var statement))
            _questions[sql] = statement = new(connection, sql);
        return statement;
    }

    private static bool IsAboutEmail(ConsentEntry entry) => entry.Scope is "email" or ConsentEntry.Everything;

    private static Statement Text(Statement statement, params ReadOnlySpan<(int Index, Guid? Id)> ids)
    {
        foreach (var (index, id) in ids)
            statement.Bind(index, id is { } some ? LedgerRows.Text(some) : null);
        return statement;
    }
}
