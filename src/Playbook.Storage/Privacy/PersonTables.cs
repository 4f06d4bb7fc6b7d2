using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Writing;
using Playbook.Storage.Sending;
using SQLitePCL;

namespace Playbook.Storage.Privacy;

/// <summary>Takes a person out of every table, on the writer's connection. Statements are made for the one time that each is used.</summary>
internal sealed class PersonTables(sqlite3 connection, HeadCache heads, PersonTraces traces, Contact contact)
{
    // Other people's and our own records and texts: nobody else loses theirs because somebody is erased.
    private static readonly HashSet<string> NotSwept = new(
        ["Contacts", "Accounts", "Reps", "Teams", "Products", "DefinitionVersions", "DefinitionTexts", "Suppressions", "SuppressionLists", "SendingSettings", "Erasures", "__EFMigrationsHistory", "__EFMigrationsLock"],
        StringComparer.Ordinal);

    private readonly RunScrub _scrub = new(traces, contact.Id.ToString("D"));
    private readonly ByteBuffer _bytes = new();

    /// <summary>Rewrites runs and their history. A run that goes on does so at a new revision, so that no turn under way brings the person back.</summary>
    public IReadOnlyDictionary<string, long> Scrub(IReadOnlyList<long> runs)
    {
        long states = 0, turns = 0, tasks = 0;
        foreach (var number in runs)
        {
            if (Find(number) is not { } found)
                continue;
            var (state, lastJournal) = found;
            var isOwn = _scrub.IsAbout(state.Subject);
            state.Revision++;
            _bytes.Clear();
            _scrub.Write(state, _bytes);
            using (var update = Prepare("UPDATE Runs SET State = ?2, Revision = ?3, Name = ?4 WHERE Number = ?1"))
                states += update.Bind(1, number).BindBlob(2, _bytes[.._bytes.Length]).Bind(3, state.Revision).Bind(4, state.Name is { } name ? traces.Without(name, isOwn) : null).Execute();
            heads.Remove(state.Id);
            turns += ScrubTurns(state, lastJournal, isOwn);
            if (isOwn)
                tasks += ScrubTasks(state.Id, number);
        }

        return new Dictionary<string, long> { ["Runs"] = states, ["Journal"] = turns, ["Tasks"] = tasks };
    }

    /// <summary>Removes the contact and all that hangs on it, then looks for traces in every other table.</summary>
    public IReadOnlyDictionary<string, long> Remove()
    {
        var id = LedgerRows.Text(contact.Id);
        var removed = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["Touches"] = Execute("UPDATE Touches SET ContactId = NULL, Address = NULL, Domain = NULL, ProviderId = NULL, Subject = NULL, Text = NULL WHERE ContactId = ?1", id),
            ["ChannelEvents"] = Execute("""
                UPDATE ChannelEvents SET ContactId = NULL, Address = NULL, Body = '{}'
                WHERE State <> 'Waiting' AND (ContactId = ?1 OR Address = (SELECT lower(trim(Email)) FROM Contacts WHERE Id = ?1) OR Address = (SELECT lower(trim(Phone)) FROM Contacts WHERE Id = ?1))
                """, id),
            ["Promises"] = Execute("DELETE FROM Promises WHERE ContactId = ?1", id),
            ["Consents"] = Execute("DELETE FROM Consents WHERE ContactId = ?1", id),
            ["Notes"] = Execute("DELETE FROM Notes WHERE SubjectId = ?1", id),
            ["SendingDecisions"] = Execute("UPDATE SendingDecisions SET ContactId = NULL, Facts = '{}' WHERE ContactId = ?1", id),
            ["ImportedRows"] = Execute("UPDATE ImportedRows SET Cells = '[]', Problems = NULL WHERE RecordId = ?1", id),
            ["ImportedChanges"] = Execute("DELETE FROM ImportedChanges WHERE RecordId = ?1", id),
            ["Opportunities"] = Execute("UPDATE Opportunities SET ContactId = NULL WHERE ContactId = ?1", id),
            ["Contacts"] = Execute("DELETE FROM Contacts WHERE Id = ?1", id),
        };
        foreach (var (table, column) in TextColumns())
            if (Sweep(table, column) is var swept and > 0)
                removed[table] = removed.GetValueOrDefault(table) + swept;
        return removed;
    }

    public void Add(ErasureReceipt receipt)
    {
        using var insert = Prepare("""INSERT INTO Erasures (Id, At, "By", Subject, Removed) VALUES (?1, ?2, ?3, ?4, ?5)""");
        insert.Bind(1, LedgerRows.Text(receipt.Id)).Bind(2, receipt.At.UtcTicks).Bind(3, receipt.By).Bind(4, receipt.Subject).Bind(5, receipt.Removed).Execute();
    }

    private (RunState State, long LastJournal)? Find(long number)
    {
        using var select = Prepare("SELECT State, LastJournal FROM Runs WHERE Number = ?1");
        return select.Bind(1, number).Rows(row => (RunState.Read(row.Blob(0)), row.Int64(1))) is [var found] ? found : null;
    }

    private long ScrubTurns(RunState state, long lastJournal, bool isOwn)
    {
        using var select = Prepare("""
            WITH RECURSIVE turn (Seq, Previous, Revision, At, Body) AS (
                SELECT Seq, Previous, Revision, At, Body FROM Journal WHERE Seq = ?1
                UNION ALL
                SELECT j.Seq, j.Previous, j.Revision, j.At, j.Body FROM turn t JOIN Journal j ON j.Seq = t.Previous)
            SELECT Seq, Revision, At, Body FROM turn
            """);
        using var update = Prepare("UPDATE Journal SET Body = ?2 WHERE Seq = ?1");
        long turns = 0;
        foreach (var (seq, turn) in select.Bind(1, lastJournal).Rows(row => (row.Int64(0), Journal.Read(state.Id, row.Int64(1), row.Time(2), row.Blob(3)))))
        {
            _bytes.Clear();
            _scrub.Write(turn, isOwn, state, _bytes);
            turns += update.Bind(1, seq).BindBlob(2, _bytes[.._bytes.Length]).Execute();
        }

        return turns;
    }

    private long ScrubTasks(Guid run, long number)
    {
        var (first, end) = ($"{run:N}-", $"{run:N}.");
        using var tasks = Prepare("UPDATE Tasks SET Fields = NULL WHERE Id >= ?1 AND Id < ?2 AND Run = ?3");
        using var outbox = Prepare("UPDATE Outbox SET Result = json_remove(Result, '$.to', '$.subject', '$.text', '$.providerId') WHERE Id >= ?1 AND Id < ?2 AND Run = ?3 AND json_valid(Result)");
        return tasks.Bind(1, first).Bind(2, end).Bind(3, number).Execute() + outbox.Bind(1, first).Bind(2, end).Bind(3, number).Execute();
    }

    private List<(string Table, string Column)> TextColumns()
    {
        using var select = Prepare("SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND upper(c.type) = 'TEXT' AND c.pk = 0");
        return [.. select.Rows(row => (row.Text(0), row.Text(1))).Where(column => !NotSwept.Contains(column.Item1))];
    }

    private long Sweep(string table, string column)
    {
        long swept = 0;
        var rows = new Dictionary<long, string>();
        using (var select = Prepare($"SELECT rowid, \"{column}\" FROM \"{table}\" WHERE \"{column}\" LIKE ?1 ESCAPE '\\'"))
            foreach (var word in traces.Stored)
                foreach (var (row, text) in select.Bind(1, $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%").Rows(row => (row.Int64(0), row.Text(1))))
                    rows[row] = text;
        using var update = Prepare($"UPDATE \"{table}\" SET \"{column}\" = ?2 WHERE rowid = ?1");
        foreach (var (row, text) in rows)
            swept += update.Bind(1, row).Bind(2, traces.WithoutStored(text)).Execute();
        return swept;
    }

    private long Execute(string sql, string value)
    {
        using var statement = Prepare(sql);
        return statement.Bind(1, value).Execute();
    }

    private Statement Prepare(string sql) => new(connection, sql);
}
