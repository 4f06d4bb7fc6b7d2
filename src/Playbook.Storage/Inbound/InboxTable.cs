using Playbook.Abstractions;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Writing;
using SQLitePCL;

namespace Playbook.Storage.Inbound;

/// <summary>Writes what came in, on the writer's connection and in its transaction.</summary>
internal sealed class InboxTable(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    // EF Core reads these tables: ids are text in capitals, enums their names, times ticks.
    private readonly Statement _add = new(connection, """
        INSERT INTO ChannelEvents (Number, Channel, EventId, Kind, Detail, At, ReceivedAt, Address, MessageKey, Body, State, NotBefore, Attempts, ContactId)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'Waiting', ?7, 0, ?11) ON CONFLICT (Channel, EventId) DO NOTHING
        """, faults);

    private readonly Statement _close = new(connection, """
        UPDATE ChannelEvents SET State = ?2, HandledAt = ?3, Result = ?4, MatchedBy = ?5, ContactId = ?6, RunId = ?7, MessageKey = coalesce(MessageKey, ?8), Attempts = Attempts + 1
        WHERE Number = ?1
        """, faults);

    private readonly Statement _defer = new(connection, "UPDATE ChannelEvents SET NotBefore = ?2, Result = ?3, Attempts = Attempts + 1 WHERE Number = ?1 AND State = 'Waiting'", faults);
    private readonly Statement _again = new(connection, "UPDATE ChannelEvents SET State = 'Waiting', ContactId = ?2, NotBefore = ?3 WHERE Number = ?1 AND State IN ('Unmatched', 'Dismissed')", faults);

    private readonly Statement _forget = new(connection, "UPDATE ChannelEvents SET Body = '{}', Address = NULL WHERE ContactId = ?1 AND State <> 'Waiting'", faults);

    private readonly Statement _incident = new(connection, """
        INSERT INTO ChannelIncidents (Id, "Key", Kind, Channel, Mailbox, Text, At) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT ("Key") DO NOTHING
        """, faults);

    private readonly Statement _resolve = new(connection, "UPDATE ChannelIncidents SET ResolvedAt = ?2, ResolvedBy = ?3 WHERE Id = ?1 AND ResolvedAt IS NULL", faults);

    private long _last = RunTable.Last(connection, "SELECT max(Number) FROM ChannelEvents");

    /// <summary>False where the event was stored before.</summary>
    internal bool Add(string channel, ChannelEvent e, DateTimeOffset receivedAt, Guid? contactId)
    {
        var isNew = _add.Bind(1, _last + 1).Bind(2, channel).Bind(3, e.Id).Bind(4, ChannelEventJson.KindOf(e)).Bind(5, ChannelEventJson.DetailOf(e)).Bind(6, e.At.UtcTicks)
            .Bind(7, receivedAt.UtcTicks).Bind(8, Normal(e.Address)).Bind(9, e.MessageKey).Bind(10, ChannelEventJson.Write(e)).Bind(11, Text(contactId)).Execute() == 1;
        if (isNew)
            _last++;
        return isNew;
    }

    internal void Close(long number, EventOutcome outcome, DateTimeOffset at) => _close
        .Bind(1, number).Bind(2, outcome.State.ToString()).Bind(3, at.UtcTicks).Bind(4, outcome.Result).Bind(5, outcome.MatchedBy)
        .Bind(6, Text(outcome.ContactId)).Bind(7, Text(outcome.RunId)).Bind(8, outcome.MessageKey).Execute();

    internal void Defer(long number, DateTimeOffset until, string why) => _defer.Bind(1, number).Bind(2, until.UtcTicks).Bind(3, why).Execute();

    internal bool TakeAgain(long number, Guid contactId, DateTimeOffset now) => _again.Bind(1, number).Bind(2, Text(contactId)).Bind(3, now.UtcTicks).Execute() == 1;

    internal int Forget(Guid contactId) => _forget.Bind(1, Text(contactId)).Execute();

    internal bool Add(ChannelIncident incident) => _incident
        .Bind(1, Text(incident.Id)).Bind(2, incident.Key).Bind(3, incident.Kind.ToString()).Bind(4, incident.Channel).Bind(5, incident.Mailbox)
        .Bind(6, incident.Text).Bind(7, incident.At.UtcTicks).Execute() == 1;

    internal bool Resolve(Guid id, string? by, DateTimeOffset at) => _resolve.Bind(1, Text(id)).Bind(2, at.UtcTicks).Bind(3, by).Execute() == 1;

    public void Dispose()
    {
        _add.Dispose();
        _close.Dispose();
        _defer.Dispose();
        _again.Dispose();
        _forget.Dispose();
        _incident.Dispose();
        _resolve.Dispose();
    }

    internal static string? Normal(string? address) => address?.Trim().ToLowerInvariant();

    private static string? Text(Guid? id) => id?.ToString("D").ToUpperInvariant();
}
