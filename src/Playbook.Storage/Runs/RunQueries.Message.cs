using Playbook.Abstractions;
using Playbook.Storage.Runs.Json;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Storage.Runs;

public sealed partial class RunQueries
{
    private const string SelectMessage = """
        SELECT o.Id, o.ActivityId, o.Body, o.Status, o.CreatedAt, o.NotBefore, o.Attempts, o.Reason, o.DoneAt, o.Result, r.Id
        FROM Outbox o JOIN Runs r ON r.Number = o.Run WHERE o.Id = ?1 AND o.Kind = 'SendMessage'
        """;

    /// <summary>A message by its idempotency key, and the run that sent it; null where there is none.</summary>
    public (Guid RunId, RunMessage Message)? Message(string key) => _reads.Read(key, static (connection, id) => connection
        .Prepare(SelectMessage).Bind(1, id)
        .Rows(row => ((Guid, RunMessage)?)(row.Guid(10), new RunMessage(
            row.Text(0), row.Text(1), (Effect.SendMessage)EffectJson.Read(row.Blob(2)), (OutboxStatus)row.Int32(3), row.Time(4),
            row.Time(5), row.Int32(6), row.TextOrNull(7), row.TimeOrNull(8), row.TextOrNull(9)))).FirstOrDefault());
}
