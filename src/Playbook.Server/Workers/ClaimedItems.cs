using Playbook.Engine.Runs;

namespace Playbook.Server.Workers;

/// <summary>What one worker has claimed and not finished.</summary>
internal sealed class ClaimedItems
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (OutboxItem Item, DateTimeOffset Since)> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _perChannel = new(StringComparer.Ordinal);
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
        {
            if (!_items.Remove(item.Id))
                return;
            _perChannel[item.Channel]--;
            if (_items.Count == 0)
                _empty.SetResult();
        }
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
}
