using Playbook.Abstractions;

namespace Playbook.Engine.Activities;

/// <summary>The activity types known, by type name. Those of channels come and go while the process runs.</summary>
public sealed class ActivityCatalog
{
    private readonly Dictionary<string, ActivityBehavior> _fixed = new(StringComparer.Ordinal);
    private volatile Known _known;
    private int _revision;

    /// <summary>The built-in activities with those of <paramref name="more"/>; a later one of the same type wins.</summary>
    public ActivityCatalog(IEnumerable<ActivityBehavior> builtIn, IEnumerable<IActivity> more)
    {
        foreach (var behavior in builtIn.Concat(more.Select(activity => new PluginActivity(activity))))
            _fixed[behavior.Description.Type] = behavior;
        _known = new Known(_fixed);
    }

    /// <summary>Other activities are known now.</summary>
    public event Action? Changed;

    /// <summary>Another number whenever other activities are known.</summary>
    public int Revision => _revision;

    public IReadOnlyDictionary<string, ActivityDescription> Descriptions => _known.Descriptions;

    public ActivityBehavior? Find(string type) => _known.Behaviors.GetValueOrDefault(type);

    /// <summary>
    /// Puts these in the place of those offered before. One of a type that is built in is left out, and one that is no longer
    /// offered stays known: runs may stand in it.
    /// </summary>
    public void Offer(IEnumerable<IActivity> activities)
    {
        var behaviors = new Dictionary<string, ActivityBehavior>(_known.Behaviors, StringComparer.Ordinal);
        foreach (var activity in activities)
            if (!_fixed.ContainsKey(activity.Description.Type))
                behaviors[activity.Description.Type] = new PluginActivity(activity);
        _known = new Known(behaviors);
        Interlocked.Increment(ref _revision);
        Changed?.Invoke();
    }

    private sealed class Known(Dictionary<string, ActivityBehavior> behaviors)
    {
        public Dictionary<string, ActivityBehavior> Behaviors => behaviors;

        public IReadOnlyDictionary<string, ActivityDescription> Descriptions { get; } = behaviors.ToDictionary(pair => pair.Key, pair => pair.Value.Description);
    }
}
