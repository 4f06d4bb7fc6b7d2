using Playbook.Engine.Runs;

namespace Playbook.Server.Workers;

/// <summary>What one worker has claimed and not finished.</summary>
internal sealed class ClaimedItems
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (OutboxItem Item, DateTimeOffset Since)> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _perChannel = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<OutboxItem>> _ahead = new(StringComparer.Ordinal);
    private TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClaimedItems() => _empty.SetResult();

    /// <summary>Ends when nothing is under way any more.</summary>
    public Task Empty
    {
        get
        {
            lock (_lock)
                return _empty.Task;
        }
    }

    public int Count(string channel)
    {
        lock (_lock)
            return _perChannel.GetValueOrDefault(channel);
    }

    /// <summary>How many were claimed ahead and not begun.</summary>
    public int Ahead(string channel)
    {
        lock (_lock)
            return _ahead.TryGetValue(channel, out var waiting) ? waiting.Count : 0;
    }

    /// <summary>It is claimed, and begun when its channel has room.</summary>
    public void Wait(OutboxItem item)
    {
        lock (_lock)
        {
            if (!_ahead.TryGetValue(item.Channel, out var waiting))
                _ahead[item.Channel] = waiting = [];
            waiting.Enqueue(item);
        }
    }

    /// <summary>The next that was claimed ahead, which <paramref name="hasRoom"/> says there is room for; null where there is none.</summary>
    public OutboxItem? Next(string channel, Func<bool> hasRoom)
    {
        lock (_lock)
            return _ahead.TryGetValue(channel, out var waiting) && waiting.Count > 0 && hasRoom() ? waiting.Dequeue() : null;
    }

    /// <summary>Leaves what was not begun to whoever opens the store next.</summary>
    public void LeaveAhead()
    {
        lock (_lock)
        {
            var left = _ahead.Values.SelectMany(waiting => waiting).ToList();
            _ahead.Clear();
            foreach (var item in left)
                Forget(item);
        }
    }

    /// <summary>False where it is under way already, because its claim ran out meanwhile: the new claim then counts for the old work.</summary>
    public bool Add(OutboxItem item, DateTimeOffset now)
    {
        lock (_lock)
        {
            var isNew = !_items.ContainsKey(item.Id);
            _items[item.Id] = (item, now);
            if (!isNew)
                return false;
            if (_items.Count == 1)
                _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _perChannel[item.Channel] = _perChannel.GetValueOrDefault(item.Channel) + 1;
            return true;
        }
    }

    /// <summary>The item by its last claim.</summary>
    public OutboxItem Latest(OutboxItem item)
    {
        lock (_lock)
            return _items.TryGetValue(item.Id, out var known) ? known.Item : item;
    }

    public void Remove(OutboxItem item)
    {
        lock (_lock)
            Forget(item);
    }

    /// <summary>Those claimed, or claimed for longer, before a moment: their claims are to be made longer now.</summary>
    public IReadOnlyList<OutboxItem> TakeOlderThan(DateTimeOffset moment, DateTimeOffset now)
    {
        lock (_lock)
        {
            List<OutboxItem> old = [.. _items.Values.Where(known => known.Since <= moment).Select(known => known.Item)];
            foreach (var item in old)
                _items[item.Id] = (item, now);
            return old;
        }
    }

    private void Forget(OutboxItem item)
    {
        if (!_items.Remove(item.Id))
            return;
        _perChannel[item.Channel]--;
        if (_items.Count == 0)
            _empty.SetResult();
    }
}
