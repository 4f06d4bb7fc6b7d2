using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;

namespace Playbook.Storage.Queue;

/// <summary>
/// All open tasks in memory, so that the next step is there at once however many there are. What has changed is read anew from
/// the database when somebody looks: nothing is ever known here that is not on disk.
/// </summary>
public sealed class OpenWork
{
    /// <summary>From so many changes on, reading all of them at once is cheaper.</summary>
    private const int ReadAllFrom = 2000;

    private const string Select = """
        SELECT t.Id, r.Id, t.DefinitionId, t.Role, t.Title, t.Owner, t.CreatedAt, t.DueAt, t.SnoozedUntil,
            json_extract(t.Request, '$.channel'), json_type(t.Request, '$.details.packet') IS NOT NULL, t.SubjectKind, t.SubjectId,
            c.Id, c.Name, a.Name, c.TimeZone, c.Country, o.Value, o.Name
        FROM Tasks t JOIN Runs r ON r.Number = t.Run
        LEFT JOIN Opportunities o ON t.SubjectKind = 'opportunity' AND o.Id = upper(t.SubjectId)
        LEFT JOIN Contacts c ON c.Id = CASE t.SubjectKind WHEN 'contact' THEN upper(t.SubjectId) ELSE o.ContactId END
        LEFT JOIN Accounts a ON a.Id = coalesce(c.AccountId, o.AccountId)
        WHERE t.Status = 0 AND NOT EXISTS (SELECT 1 FROM Pauses p WHERE p.Run = t.Run)
        """;

    private readonly ReadPool _reads;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _stale = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _same = new(StringComparer.Ordinal);
    private readonly Queue<(long Look, string TaskId)> _read = new();
    private Dictionary<string, OpenTask>? _tasks;
    private OpenTask[]? _all;
    private bool _isAllStale;
    private long _contactsAt;
    private long _look;
    private long _knownFrom;

    internal OpenWork(ReadPool reads) => _reads = reads;

    /// <summary>Somebody changed these tasks: to be called after the change is on disk. May be called on any thread.</summary>
    public event Action<IReadOnlyCollection<string>>? Changed;

    /// <summary>Tells that tasks were opened, closed, moved or put off; listeners hear it at once.</summary>
    public void Tell(IReadOnlyCollection<string> taskIds)
    {
        ArgumentNullException.ThrowIfNull(taskIds);
        lock (_gate)
        {
            if (_tasks is not null && !_isAllStale)
                _stale.UnionWith(taskIds);
            if (_stale.Count >= ReadAllFrom)
                _isAllStale = true;
        }

        Changed?.Invoke(taskIds);
    }

    /// <summary>Records that tasks are about were removed or changed in number: all is read anew the next time.</summary>
    public void Forget()
    {
        lock (_gate)
            _isAllStale = true;
    }

    /// <summary>Looks for contacts that have changed since it last looked, so that the queue has their names and zones as they are now.</summary>
    public void LookAtContacts()
    {
        lock (_gate)
        {
            var changed = _reads.Read(_contactsAt, static (connection, since) => connection
                .Prepare("SELECT Id, UpdatedAt FROM Contacts WHERE UpdatedAt > ?1").Bind(1, since).Rows(row => (System.Guid.Parse(row.Text(0)), row.Int64(1))));
            if (changed.Count == 0)
                return;
            var isFirst = _contactsAt == 0;
            _contactsAt = changed.Max(contact => contact.Item2);
            if (isFirst || _tasks is null || _isAllStale)
                return;
            var ids = changed.Select(contact => contact.Item1).ToHashSet();
            foreach (var task in _tasks.Values)
                if (task.ContactId is { } contact && ids.Contains(contact))
                    _stale.Add(task.Id);
            _isAllStale = _stale.Count >= ReadAllFrom;
        }
    }

    /// <summary>Every open task as it stands in the database; in no order.</summary>
    public IReadOnlyList<OpenTask> All()
    {
        lock (_gate)
        {
            _ = Freshen();
            return _all ??= [.. _tasks!.Values];
        }
    }

    public OpenTask? Find(string taskId)
    {
        lock (_gate)
            return Freshen().GetValueOrDefault(taskId);
    }

    /// <summary>Which tasks were opened, closed or changed since somebody looked the last time.</summary>
    /// <param name="look">The number of that look; 0 for none.</param>
    public OpenWorkChanges Since(long look)
    {
        lock (_gate)
        {
            _ = Freshen();
            return new(_look, look < _knownFrom ? null : [.. _read.Where(read => read.Look > look).Select(read => read.TaskId)]);
        }
    }

    private Dictionary<string, OpenTask> Freshen()
    {
        if (_tasks is null || _isAllStale)
            ReadAll();
        else if (_stale.Count > 0)
            ReadStale(_tasks);
        return _tasks!;
    }

    private void ReadAll()
    {
        _knownFrom = ++_look;
        _read.Clear();
        _stale.Clear();
        _isAllStale = false;
        _all = null;
        _same.Clear();
        _tasks = _reads.Read(this, static (connection, work) => connection.Prepare(Select).Rows(work.Task)).ToDictionary(task => task.Id, StringComparer.Ordinal);
    }

    private void ReadStale(Dictionary<string, OpenTask> tasks)
    {
        _all = null;
        _look++;
        foreach (var id in _stale)
        {
            _read.Enqueue((_look, id));
            if (_reads.Read((this, id), static (connection, wanted) => connection.Prepare($"{Select} AND t.Id = ?1").Bind(1, wanted.id).Rows(wanted.Item1.Task)) is [var task])
                tasks[id] = task;
            else
                tasks.Remove(id);
        }

        _stale.Clear();
        while (_read.Count > ReadAllFrom)
            _knownFrom = _read.Dequeue().Look;
    }

    private OpenTask Task(Statement row)
    {
        var contact = row.TextOrNull(13);
        return new(
            row.Text(0), row.Guid(1), Same(row.Text(2)), Same(row.Text(3)), row.Text(4), row.TextOrNull(5) is { } owner ? Same(owner) : null, row.Time(6), row.TimeOrNull(7), row.TimeOrNull(8),
            row.TextOrNull(9) is { } channel ? Same(channel) : null, row.Int32(10) == 1, Same(row.Text(11)), row.Text(12), contact is null ? null : System.Guid.Parse(contact),
            row.TextOrNull(14) ?? row.TextOrNull(19) ?? "Nobody in particular", row.TextOrNull(15) is { } company ? Same(company) : null,
            row.TextOrNull(16) is { } zone ? Same(zone) : null, row.TextOrNull(17) is { } country ? Same(country) : null, row.IsNull(18) ? 0 : (decimal)row.Double(18));
    }

    // The same few words stand in fifty thousand rows.
    private string Same(string text)
    {
        if (_same.TryGetValue(text, out var known))
            return known;
        _same[text] = text;
        return text;
    }
}

/// <summary>What happened to open tasks between two looks.</summary>
/// <param name="Look">The number of this look, to be given with the next one.</param>
/// <param name="TaskIds">The tasks, some perhaps twice; null where so much has changed that all are to be looked at.</param>
public sealed record OpenWorkChanges(long Look, IReadOnlyList<string>? TaskIds);
