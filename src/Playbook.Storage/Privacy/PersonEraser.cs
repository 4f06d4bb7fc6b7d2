using Playbook.Engine.Runs;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;
using Playbook.Storage.Sending;

namespace Playbook.Storage.Privacy;

/// <summary>
/// Erases a person (GDPR, article 17): everything by which they could be known goes from every table, run states and
/// history included; what remains is that something happened, and hashes that keep them suppressed. Runs about them must
/// have ended before.
/// </summary>
public sealed class PersonEraser
{
    private const int RunsAtOnce = 50;

    private readonly ReadPool _reads;
    private readonly StoreWriter _writer;

    internal PersonEraser(ReadPool reads, StoreWriter writer)
    {
        _reads = reads;
        _writer = writer;
    }

    /// <summary>Returns the receipt, which is on disk like all else, after the file has been rewritten without what was erased.</summary>
    /// <param name="contact">Whom.</param>
    /// <param name="now">UTC.</param>
    /// <param name="by">Who asked for it.</param>
    /// <param name="elsewhere">What was removed outside the database, for the receipt; null for nothing.</param>
    public async Task<ErasureReceipt> Erase(Contact contact, DateTimeOffset now, string? by, IReadOnlyDictionary<string, long>? elsewhere = null)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var traces = new PersonTraces(contact, word => _reads.Read((word, contact.Id), static (connection, wanted) => IsShared(connection, wanted.word, wanted.Id)));
        var runs = _reads.Read((contact.Id, traces), static (connection, wanted) => RunsThatKnow(connection, wanted.Id, wanted.traces));
        var removed = new Dictionary<string, long>(StringComparer.Ordinal);
        Add(removed, (elsewhere ?? new Dictionary<string, long>()).Where(pair => pair.Value > 0).ToDictionary());
        // They must not be contacted between now and the end.
        await Write(tables => Suppress(tables.Ledger, contact, now, by));
        foreach (var some in runs.Chunk(RunsAtOnce))
            Add(removed, await Write(tables => tables.Person(traces, contact).Scrub(some)));
        Add(removed, await Write(tables => tables.Person(traces, contact).Remove()));
        var receipt = new ErasureReceipt
        {
            Id = Guid.CreateVersion7(now), At = now, By = by, Subject = SubjectHash(contact.Id), Removed = System.Text.Json.JsonSerializer.Serialize(removed.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary()),
        };
        await Write(tables =>
        {
            tables.Person(traces, contact).Add(receipt);
            return true;
        });
        await Write(tables => tables.CompactAfterCommit());
        if (await Write(tables => tables.CompactFault) is { } fault)
            throw new StoreException($"The person is erased (receipt {receipt.Id}), but the file could not be rewritten, so that remains may stand in its free space: {fault} Free some space on the disk and erase anybody again.");
        return receipt;
    }

    /// <summary>What a receipt says of the person: whoever has the contact's id can check that it was this one.</summary>
    public static string SubjectHash(Guid contactId) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"playbook/erased/{contactId:N}")));

    private static List<long> RunsThatKnow(ReadConnection connection, Guid contactId, PersonTraces traces)
    {
        var id = contactId.ToString("D");
        var runs = new HashSet<long>(connection.Prepare("""
            SELECT Number FROM Runs WHERE SubjectId <> '' AND SubjectId IN (SELECT ?1 UNION ALL SELECT lower(Id) FROM Opportunities WHERE ContactId = ?2)
            """).Bind(1, id).Bind(2, LedgerRows.Text(contactId)).Rows(row => row.Int64(0)));
        // Anybody else's run may name them too; that is looked for in full.
        foreach (var word in traces.Words)
        {
            runs.UnionWith(connection.Prepare("SELECT Number FROM Runs WHERE instr(State, CAST(?1 AS BLOB)) > 0").Bind(1, word).Rows(row => row.Int64(0)));
            runs.UnionWith(connection.Prepare("SELECT DISTINCT Run FROM Journal WHERE instr(Body, CAST(?1 AS BLOB)) > 0").Bind(1, word).Rows(row => row.Int64(0)));
        }

        return [.. runs.Order()];
    }

    private static bool IsShared(ReadConnection connection, string word, Guid contactId) => connection.Prepare("""
        SELECT EXISTS (SELECT 1 FROM Contacts WHERE Id <> ?2 AND (Name = ?1 COLLATE NOCASE OR Email = ?1 COLLATE NOCASE OR Phone = ?1 OR LinkedIn = ?1 COLLATE NOCASE OR Street = ?1 COLLATE NOCASE))
            OR EXISTS (SELECT 1 FROM Reps WHERE Name = ?1 COLLATE NOCASE)
        """).Bind(1, word).Bind(2, LedgerRows.Text(contactId)).Rows(row => row.Int32(0) != 0)[0];

    private static int Suppress(LedgerTables ledger, Contact contact, DateTimeOffset now, string? by)
    {
        var added = 0;
        var keys = AddressKeys.Of(contact.Id, contact.Email, contact.Phone, contact.LinkedIn, contact.Country).Where(key => !key.StartsWith("domain:", StringComparison.Ordinal))
            .Concat(AddressKeys.OfPerson(contact.Name, contact.Street, contact.PostalCode, contact.City));
        foreach (var key in keys)
            added += ledger.Add(new Suppression
            {
                Id = Guid.CreateVersion7(now), Kind = Enum.Parse<SuppressionKind>(key[..key.IndexOf(':', StringComparison.Ordinal)], ignoreCase: true), Key = key,
                Scope = ConsentEntry.Everything, Reason = "erased at their own request", At = now, By = by,
            }) ? 1 : 0;
        return added;
    }

    private static void Add(Dictionary<string, long> sum, IReadOnlyDictionary<string, long> more)
    {
        foreach (var (table, count) in more)
            sum[table] = sum.GetValueOrDefault(table) + count;
    }

    private ValueTask<T> Write<T>(Func<WriteTables, T> write)
    {
        var request = new WriteRequest<T>(write);
        _writer.Enqueue(request);
        return request.Result();
    }
}
