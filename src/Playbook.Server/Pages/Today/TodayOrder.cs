using System.Diagnostics.CodeAnalysis;
using Playbook.Sales.Queue;
using Playbook.Storage.Queue;

namespace Playbook.Server.Pages.Today;

/// <summary>
/// All open tasks, the most urgent first, for everybody: only what has changed, and what time itself moves, is weighed anew, so
/// that a look costs the same however many tasks are open.
/// </summary>
internal sealed class TodayOrder(OpenWork work, PromiseBook promises)
{
    /// <summary>Clocks are set right by less than this; by more, everything is weighed again.</summary>
    private static readonly TimeSpan Jitter = TimeSpan.FromMinutes(1);

    /// <summary>By so much, as a part of itself, the win rate may change before everything is weighed with the new one.</summary>
    private const decimal Slack = .02m;

    /// <summary>From so many on, weighing all is cheaper; a thousand tasks are often due in one moment.</summary>
    private const int MendAtMost = 2000;

    private static readonly Comparer<TodayItem> _byUrgency = Comparer<TodayItem>.Create((one, other) => TaskQueue.Urgency.Compare(one.Place, other.Place));

    private readonly ReachableHours _hours = new();
    private readonly Lock _gate = new();
    private readonly PriorityQueue<string, DateTimeOffset> _moving = new();
    private readonly Dictionary<string, TodayItem> _placed = new(StringComparer.Ordinal);
    private List<TodayItem>? _order;
    private DateTimeOffset _at;
    private long _look;
    private IReadOnlyDictionary<Guid, DateTimeOffset> _unanswered = new Dictionary<Guid, DateTimeOffset>();
    private IReadOnlyList<Promise> _open = [];
    private ILookup<Guid, Promise> _promised = Array.Empty<Promise>().ToLookup(promise => promise.ContactId);
    private decimal _winRate;

    /// <param name="now">The moment; UTC.</param>
    /// <param name="unanswered">Who has written last, and when.</param>
    /// <param name="winRate">The share of closed sales that were won, from 0 to 1.</param>
    /// <param name="look">Sees all open tasks in their order; must not keep the list.</param>
    public T Look<T>(DateTimeOffset now, IReadOnlyDictionary<Guid, DateTimeOffset> unanswered, decimal winRate, Func<List<TodayItem>, T> look)
    {
        lock (_gate)
        {
            try
            {
                BringUpToDate(now, unanswered, winRate);
            }
            catch
            {
                // Half mended it would hide a task; the next look makes it anew.
                _order = null;
                throw;
            }

            return look(_order);
        }
    }

    [MemberNotNull(nameof(_order))]
    private void BringUpToDate(DateTimeOffset now, IReadOnlyDictionary<Guid, DateTimeOffset> unanswered, decimal winRate)
    {
        var changes = work.Since(_look);
        var open = promises.Open();
        var isAnew = _order is null || changes.TaskIds is null || now < _at - Jitter || Math.Abs(winRate - _winRate) > _winRate * Slack;
        var tasks = (changes.TaskIds ?? []).ToHashSet(StringComparer.Ordinal);
        var contacts = isAnew ? [] : Contacts(tasks, open, unanswered);
        _look = changes.Look;
        _at = now > _at || isAnew ? now : _at;
        // All are weighed with one rate, or their order would mean nothing.
        _winRate = isAnew ? winRate : _winRate;
        _unanswered = unanswered;
        if (!_open.SequenceEqual(open))
            (_open, _promised) = (open, open.ToLookup(promise => promise.ContactId));
        while (_moving.TryPeek(out var moved, out var at) && at <= _at)
        {
            tasks.Add(moved);
            _moving.Dequeue();
        }

        if (_order is null || isAnew || tasks.Count > MendAtMost)
            _order = Anew();
        else
            Mend(_order, tasks, contacts);
    }

    /// <summary>The contacts whose tasks may stand elsewhere because somebody wrote, answered, promised or kept a promise.</summary>
    private HashSet<Guid> Contacts(HashSet<string> tasks, IReadOnlyList<Promise> open, IReadOnlyDictionary<Guid, DateTimeOffset> unanswered)
    {
        var contacts = new HashSet<Guid>();
        if (!ReferenceEquals(unanswered, _unanswered))
        {
            contacts.UnionWith(unanswered.Except(_unanswered).Select(reply => reply.Key));
            contacts.UnionWith(_unanswered.Except(unanswered).Select(reply => reply.Key));
        }

        if (!_open.SequenceEqual(open))
            contacts.UnionWith(open.Except(_open).Concat(_open.Except(open)).Select(promise => promise.ContactId));
        // A promise moves the other steps with its contact once the step in which it was made is done.
        contacts.UnionWith(open.Where(promise => promise.TaskId is { } step && tasks.Contains(step)).Select(promise => promise.ContactId));
        return contacts;
    }

    private List<TodayItem> Anew()
    {
        _moving.Clear();
        _placed.Clear();
        var order = work.All().Select(Place).ToList();
        order.Sort(_byUrgency);
        foreach (var item in order)
            _placed.Add(item.Task.Id, item);
        return order;
    }

    private void Mend(List<TodayItem> order, HashSet<string> tasks, HashSet<Guid> contacts)
    {
        if (contacts.Count > 0)
            tasks.UnionWith(order.Where(item => item.Task.ContactId is { } contact && contacts.Contains(contact)).Select(item => item.Task.Id));
        foreach (var id in tasks)
        {
            if (_placed.Remove(id, out var old))
                order.RemoveAt(order.BinarySearch(old, _byUrgency));
            if (work.Find(id) is not { } task)
                continue;
            var item = Place(task);
            order.Insert(~order.BinarySearch(item, _byUrgency), item);
            _placed.Add(id, item);
        }
    }

    private TodayItem Place(OpenTask task)
    {
        var item = Weigh(task);
        if (TaskQueue.MovesAt(item, _at) is { } moves)
            _moving.Enqueue(task.Id, moves);
        if (task.ContactId is { } contact)
            foreach (var promise in _promised[contact])
                if (promise.At - TaskQueue.BeforePromise > _at)
                    _moving.Enqueue(task.Id, promise.At - TaskQueue.BeforePromise);
        return new TodayItem(task, TaskQueue.Place(item, _at));
    }

    private QueueItem Weigh(OpenTask task)
    {
        var (closes, opens) = task.Channel == "phone" && task.ContactId is not null ? _hours.At(task.TimeZone, task.Country, _at) : default;
        return new QueueItem(task.Id, task.CreatedAt)
        {
            RepliedAt = task.ContactId is { } contact && _unanswered.TryGetValue(contact, out var replied) ? replied : null,
            PromisedAt = task.ContactId is { } promisee ? _promised[promisee].FirstOrDefault(promise => Concerns(promise, task))?.At : null,
            AcceptBy = task.IsBaton ? task.DueAt : null,
            DueAt = task.DueAt,
            WindowClosesAt = closes,
            WindowOpensAt = opens,
            SnoozedUntil = task.SnoozedUntil,
            ExpectedValue = task.Value * _winRate,
            Takes = StepLength.Of(task.Channel),
        };
    }

    private bool Concerns(Promise promise, OpenTask task) =>
        promise.Concerns(task.Id, _at) && (promise.TaskId is not { } step || step == task.Id || work.Find(step) is null);
}
