using Playbook.Abstractions;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;

namespace Playbook.Storage.Inbound;

/// <summary>
/// What came in over channels, each thing once. Written by the run store's one writer; every call returns when it is on
/// disk. Needs a migrated database.
/// </summary>
public sealed class EventInbox
{
    private const string Select = "SELECT Number, Channel, Body, ReceivedAt, State, Attempts, HandledAt, Result, MatchedBy, ContactId, RunId, Kind, EventId, At FROM ChannelEvents";
    private const string SelectIncidents = """SELECT Id, "Key", Kind, Channel, Mailbox, Text, At, ResolvedAt, ResolvedBy FROM ChannelIncidents""";

    private readonly ReadPool _reads;
    private readonly StoreWriter _writer;

    internal EventInbox(ReadPool reads, StoreWriter writer)
    {
        _reads = reads;
        _writer = writer;
    }

    /// <summary>False, and nothing written, where the event was stored before.</summary>
    /// <param name="contactId">Whom it is about, where that is certain; null where it is to be found out.</param>
    public ValueTask<bool> Take(string channel, ChannelEvent channelEvent, DateTimeOffset receivedAt, Guid? contactId = null) => Write(tables => tables.Inbox.Add(channel, channelEvent, receivedAt, contactId));

    /// <summary>Events that are still to be handled and whose time has come, oldest first.</summary>
    public IReadOnlyList<InboundEvent> Waiting(DateTimeOffset now, int max) => _reads.Read((now, max), static (connection, wanted) => connection
        .Prepare($"{Select} WHERE State = 'Waiting' AND NotBefore <= ?1 ORDER BY Number LIMIT ?2").Bind(1, wanted.now.UtcTicks).Bind(2, wanted.max).Rows(Event));

    /// <summary>Null where there is none.</summary>
    public InboundEvent? Get(string channel, string eventId) => _reads.Read((channel, eventId), static (connection, wanted) => connection
        .Prepare($"{Select} WHERE Channel = ?1 AND EventId = ?2").Bind(1, wanted.channel).Bind(2, wanted.eventId).Rows(Event).FirstOrDefault());

    /// <summary>Null where there is none.</summary>
    public InboundEvent? Get(long number) => _reads.Read(number, static (connection, wanted) => connection
        .Prepare($"{Select} WHERE Number = ?1").Bind(1, wanted).Rows(Event).FirstOrDefault());

    /// <summary>Events that match, newest first.</summary>
    public IReadOnlyList<InboundEvent> List(EventFilter filter, int skip, int take)
    {
        var conditions = Where(filter);
        return _reads.Read((conditions, skip, take), static (connection, wanted) =>
        {
            var count = wanted.conditions.Count;
            return wanted.conditions.Bind(connection.Prepare($"{Select}{wanted.conditions.Where} ORDER BY Number DESC LIMIT ?{count + 1} OFFSET ?{count + 2}"))
                .Bind(count + 1, wanted.take).Bind(count + 2, wanted.skip).Rows(Event);
        });
    }

    public long Count(EventFilter filter) => _reads.Read(Where(filter), static (connection, conditions) =>
        conditions.Bind(connection.Prepare($"SELECT count(*) FROM ChannelEvents{conditions.Where}")).Rows(row => row.Int64(0))[0]);

    public async ValueTask Close(long number, EventOutcome outcome, DateTimeOffset at) => await Write(tables =>
    {
        tables.Inbox.Close(number, outcome, at);
        return true;
    });

    public async ValueTask Defer(long number, DateTimeOffset until, string why) => await Write(tables =>
    {
        tables.Inbox.Defer(number, until, why);
        return true;
    });

    /// <summary>Has an event that matched nobody handled as about this contact; false where it is no such event.</summary>
    public ValueTask<bool> TakeAgain(long number, Guid contactId, DateTimeOffset now) => Write(tables => tables.Inbox.TakeAgain(number, contactId, now));

    /// <summary>Blanks what a contact wrote and their addresses; how many events that were. Nothing that waits is touched.</summary>
    public ValueTask<int> Forget(Guid contactId) => Write(tables => tables.Inbox.Forget(contactId));

    /// <summary>
    /// How many of our messages to an address came back softly since <paramref name="since"/>, or since something reached it
    /// again; several reports about one message count once.
    /// </summary>
    public int SoftBounces(string address, DateTimeOffset since) => _reads.Read((address, since), static (connection, wanted) => connection.Prepare("""
        SELECT count(DISTINCT coalesce(MessageKey, EventId)) FROM ChannelEvents
        WHERE Address = ?1 AND Kind = 'Bounced' AND Detail = 'soft' AND At > ?2
            AND At > coalesce((SELECT max(At) FROM ChannelEvents WHERE Address = ?1 AND Kind IN ('Delivered', 'Replied')), 0)
        """).Bind(1, InboxTable.Normal(wanted.address)).Bind(2, wanted.since.UtcTicks).Rows(row => row.Int32(0))[0]);

    /// <summary>False where an incident with this key is known.</summary>
    public ValueTask<bool> Report(ChannelIncident incident) => Write(tables => tables.Inbox.Add(incident));

    /// <summary>False where there is no such incident or it was resolved before.</summary>
    public ValueTask<bool> Resolve(Guid incidentId, string? by, DateTimeOffset at) => Write(tables => tables.Inbox.Resolve(incidentId, by, at));

    /// <summary>Incidents of channels, newest first.</summary>
    public IReadOnlyList<ChannelIncident> Incidents(bool withResolved, int max = 500) => _reads.Read((withResolved, max), static (connection, wanted) => connection
        .Prepare($"{SelectIncidents}{(wanted.withResolved ? "" : " WHERE ResolvedAt IS NULL")} ORDER BY At DESC, Id DESC LIMIT ?1").Bind(1, wanted.max).Rows(Incident));

    /// <summary>The incident by which nothing goes out from the mailbox; null where nothing stops it.</summary>
    /// <param name="mailbox">Our own address; null for the channel as a whole.</param>
    public ChannelIncident? Pause(string channel, string? mailbox) => _reads.Read((channel, mailbox), static (connection, wanted) => connection
        .Prepare($"{SelectIncidents} WHERE ResolvedAt IS NULL AND Kind = 'Paused' AND Channel = ?1 AND (Mailbox IS NULL OR Mailbox = ?2 COLLATE NOCASE) ORDER BY At LIMIT 1")
        .Bind(1, wanted.channel).Bind(2, wanted.mailbox).Rows(Incident).FirstOrDefault());

    /// <summary>How many messages a mailbox sent since then, and how many complaints came about them.</summary>
    public (long Sent, long Complaints) Standing(string channel, string? mailbox, DateTimeOffset since) => _reads.Read((channel, mailbox, since), static (connection, wanted) => connection.Prepare("""
        SELECT (SELECT count(*) FROM Touches WHERE Channel = ?1 AND Mailbox IS ?2 AND Direction = 'Out' AND Kind = 'Sent' AND At > ?3),
            (SELECT count(*) FROM Touches WHERE Channel = ?1 AND Mailbox IS ?2 AND Direction = 'In' AND Kind = 'Complained' AND At > ?3)
        """).Bind(1, wanted.channel).Bind(2, wanted.mailbox).Bind(3, wanted.since.UtcTicks).Rows(row => (row.Int64(0), row.Int64(1)))[0]);

    private static Conditions Where(EventFilter filter) => new Conditions()
        .With("State =", filter.State?.ToString())
        .With("Channel =", filter.Channel)
        .With("Kind =", filter.Kind)
        .With("ContactId IS NOT NULL AND ContactId =", filter.ContactId?.ToString("D").ToUpperInvariant());

    private static InboundEvent Event(Statement row)
    {
        var body = row.Text(2);
        // What a contact wrote is blanked when they are erased; that something came remains.
        var read = body == "{}" ? new ChannelEvent.Delivered(row.Text(12), Time(row, 13)) : ChannelEventJson.Read(body);
        return new InboundEvent(row.Int64(0), row.Text(1), read, Time(row, 3))
        {
            State = Enum.Parse<EventState>(row.Text(4)), Attempts = row.Int32(5), HandledAt = row.IsNull(6) ? null : Time(row, 6), Result = row.TextOrNull(7),
            MatchedBy = row.TextOrNull(8), ContactId = Id(row, 9), RunId = Id(row, 10),
        };
    }

    private static ChannelIncident Incident(Statement row) => new()
    {
        Id = System.Guid.Parse(row.Text(0)), Key = row.Text(1), Kind = Enum.Parse<ChannelIncidentKind>(row.Text(2)), Channel = row.Text(3), Mailbox = row.TextOrNull(4),
        Text = row.Text(5), At = Time(row, 6), ResolvedAt = row.IsNull(7) ? null : Time(row, 7), ResolvedBy = row.TextOrNull(8),
    };

    private static Guid? Id(Statement row, int column) => row.IsNull(column) ? null : System.Guid.Parse(row.Text(column));

    private static DateTimeOffset Time(Statement row, int column) => new(row.Int64(column), TimeSpan.Zero);

    private ValueTask<T> Write<T>(Func<WriteTables, T> write)
    {
        var request = new WriteRequest<T>(write);
        _writer.Enqueue(request);
        return request.Result();
    }
}
