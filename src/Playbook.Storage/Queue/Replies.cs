using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;

namespace Playbook.Storage.Queue;

/// <summary>Who has written to us and got no answer yet, and which records have changed: what moves a queue without a task changing.</summary>
public sealed class Replies
{
    private const string Select = """
        SELECT t.ContactId, max(t.At) FROM Touches t
        WHERE t.Kind = 'Replied' AND t.ContactId IS NOT NULL AND t.At > ?1
            AND NOT EXISTS (SELECT 1 FROM Touches o WHERE o.ContactId = t.ContactId AND o.Direction = 'Out' AND o.Kind = 'Sent' AND o.At > t.At)
        GROUP BY t.ContactId
        """;

    private readonly ReadPool _reads;

    internal Replies(ReadPool reads) => _reads = reads;

    /// <summary>Contacts whose last word since <paramref name="since"/> nobody has answered, with when it came.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Unanswered(DateTimeOffset since) => _reads.Read(since, static (connection, from) => connection
        .Prepare(Select).Bind(1, from.UtcTicks).Rows(row => (System.Guid.Parse(row.Text(0)), new DateTimeOffset(row.Int64(1), TimeSpan.Zero)))).ToDictionary(reply => reply.Item1, reply => reply.Item2);
}
