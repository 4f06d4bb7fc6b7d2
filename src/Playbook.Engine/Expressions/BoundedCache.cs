using System.Collections.Concurrent;

namespace Playbook.Engine.Expressions;

/// <summary>
/// Keeps what was parsed, by its text. Two generations: when the young one is full the old one is dropped, so that what is
/// used stays, what is not goes, and a read takes no lock.
/// </summary>
internal sealed class BoundedCache<TValue>(int capacity)
    where TValue : class
{
    private readonly Lock gate = new();
    private volatile ConcurrentDictionary<string, TValue> young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, TValue> old = new(StringComparer.Ordinal);

    public int Count => young.Count + old.Count;

    public TValue GetOrAdd(string key, Func<string, TValue> make)
    {
        if (young.TryGetValue(key, out var value))
        {
            return value;
        }

        if (!old.TryGetValue(key, out value))
        {
            value = make(key);
        }

        lock (gate)
        {
            if (young.Count >= Math.Max(1, capacity / 2))
            {
                old = young;
                young = new ConcurrentDictionary<string, TValue>(StringComparer.Ordinal);
            }

            return young.GetOrAdd(key, value);
        }
    }
}
