using Playbook.Sales.Consent;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;

namespace Playbook.Storage.Sending;

/// <summary>
/// What passed between us and people, what they agreed to, and why each message went or did not. Written by the run
/// store's one writer; every call returns when it is on disk. Needs a migrated database.
/// </summary>
public sealed class SendingLedger
{
    private readonly ReadPool _reads;
    private readonly StoreWriter _writer;
    private readonly DecisionDesk _desk = new();
    private SendingSettings? _settings;

    internal SendingLedger(ReadPool reads, StoreWriter writer)
    {
        _reads = reads;
        _writer = writer;
    }

    /// <summary>What the operator has set; the defaults where nothing is.</summary>
    public SendingSettings Settings => _settings ??= _reads.Read(0, static (connection, _) =>
        connection.Prepare("SELECT Json FROM SendingSettings WHERE Name = 'policy'").Rows(row => SettingsText.Read(row.Text(0))) is [var set] ? set : new());

    /// <summary>Holds from the next decision on.</summary>
    public async ValueTask Set(SendingSettings settings, DateTimeOffset now, string? by)
    {
        var setting = new OperatorSetting { Name = "policy", Json = SettingsText.Write(settings), UpdatedAt = now, By = by };
        await Write(tables =>
        {
            tables.Ledger.Add(setting);
            return true;
        });
        _settings = settings;
    }

    /// <summary>
    /// Decides whether a message may go or a guided step be done, and keeps the decision with its reasons. A permit counts
    /// against the caps at once: tell <see cref="Sent"/> or <see cref="Release"/> what became of it. Who has to wait gets a
    /// moment of their own, spread over the hours to come.
    /// </summary>
    public ValueTask<Decided> Decide(SendingQuestion question)
    {
        var settings = Settings.With(question.MailboxLimits);
        return Write(tables => _desk.Decide(tables.Ledger, question, settings));
    }

    /// <summary>The same without keeping or reserving anything: for a task that is only looked at.</summary>
    public SendingDecision Preview(SendingQuestion question) => _reads.Read((question, Settings: Settings.With(question.MailboxLimits)), static (connection, asked) =>
        SendingPolicy.Decide(new SendingFacts(connection.Prepare).Read(asked.question, asked.Settings).Context));

    /// <summary>A list was taken in as a whole and is fresh from now on.</summary>
    public ValueTask<bool> MarkTaken(SuppressionList list) => Write(tables =>
    {
        tables.Ledger.Add(list);
        return true;
    });

    /// <summary>False, and nothing written, where a touch with this key is known.</summary>
    public ValueTask<bool> Record(Touch touch) => Write(tables => tables.Ledger.Add(touch));

    /// <summary>The permitted touch of a message went out. False where none was permitted, or it was sent before.</summary>
    public ValueTask<bool> Sent(SentTouch sent) => Write(tables => tables.Ledger.Sent(sent));

    /// <summary>The permitted touch of a message did not go out and no longer counts. False where there is none.</summary>
    public ValueTask<bool> Release(string messageKey) => Write(tables => tables.Ledger.Release(messageKey));

    /// <summary>Adds to the consent ledger; the contact's own record says the same from then on.</summary>
    public ValueTask<bool> Record(ConsentEntry entry) => Write(tables =>
    {
        tables.Ledger.Add(entry);
        return true;
    });

    /// <summary>How many were new; those that are known keep their first reason.</summary>
    public ValueTask<int> Suppress(params IReadOnlyList<Suppression> entries) => Write(tables => entries.Count(tables.Ledger.Add));

    public ValueTask<bool> Keep(KeptDecision decision) => Write(tables =>
    {
        tables.Ledger.Add(decision);
        return true;
    });

    /// <summary>Everything known of a message, oldest first.</summary>
    public IReadOnlyList<Touch> TouchesOfMessage(string messageKey) => Touches("MessageKey = ?1 ORDER BY At, Id", messageKey);

    /// <summary>Everything known under a provider's id, oldest first.</summary>
    public IReadOnlyList<Touch> TouchesOfProvider(string providerId) => Touches("ProviderId = ?1 ORDER BY At, Id", providerId);

    /// <summary>A contact's newest touches, newest first.</summary>
    public IReadOnlyList<Touch> TouchesOfContact(Guid contactId, int most = 500) => Touches($"ContactId = ?1 ORDER BY At DESC, Id DESC LIMIT {most}", LedgerRows.Text(contactId));

    /// <summary>An address's newest outgoing touches, newest first: whom an event that names only an address may be about.</summary>
    public IReadOnlyList<Touch> TouchesAtDomain(string domain, DateTimeOffset since, int most = 500) => _reads.Read((domain, since, most), static (connection, wanted) => connection
        .Prepare($"SELECT {LedgerRows.TouchColumns} FROM Touches WHERE Domain = ?1 AND Domain IS NOT NULL AND Direction = 'Out' AND At >= ?2 ORDER BY At DESC LIMIT ?3")
        .Bind(1, wanted.domain).Bind(2, wanted.since.UtcTicks).Bind(3, wanted.most).Rows(LedgerRows.Touch));

    /// <summary>All that a contact ever said about being contacted, oldest first.</summary>
    public IReadOnlyList<ConsentEntry> Consents(Guid contactId) => _reads.Read(LedgerRows.Text(contactId), static (connection, id) => connection
        .Prepare($"SELECT {LedgerRows.ConsentColumns} FROM Consents WHERE ContactId = ?1 ORDER BY At, Id").Bind(1, id).Rows(LedgerRows.Consent));

    /// <summary>Every decision about a message, oldest first.</summary>
    public IReadOnlyList<KeptDecision> Decisions(string messageKey) => _reads.Read(messageKey, static (connection, key) => connection
        .Prepare($"SELECT {LedgerRows.DecisionColumns} FROM SendingDecisions WHERE MessageKey = ?1 ORDER BY At, rowid").Bind(1, key).Rows(LedgerRows.Decision));

    private List<Touch> Touches(string where, string value) => _reads.Read((where, value), static (connection, wanted) => connection
        .Prepare($"SELECT {LedgerRows.TouchColumns} FROM Touches WHERE {wanted.where}").Bind(1, wanted.value).Rows(LedgerRows.Touch));

    private ValueTask<T> Write<T>(Func<WriteTables, T> write)
    {
        var request = new WriteRequest<T>(write);
        _writer.Enqueue(request);
        return request.Result();
    }
}
