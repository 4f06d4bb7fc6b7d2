using Playbook.Abstractions;

namespace Playbook.Engine.Activities;

/// <summary>The activity types known, by type name.</summary>
public sealed class ActivityCatalog
{
    private readonly Dictionary<string, ActivityBehavior> _behaviors = new(StringComparer.Ordinal);

    /// <summary>The built-in activities with those of <paramref name="more"/>; a later one of the same type wins.</summary>
    public ActivityCatalog(IEnumerable<ActivityBehavior> builtIn, IEnumerable<IActivity> more)
    {
        foreach (var behavior in builtIn.Concat(more.Select(activity => new PluginActivity(activity))))
            _behaviors[behavior.Description.Type] = behavior;
        Descriptions = _behaviors.ToDictionary(p => p.Key, p => p.Value.Description);
    }

    public IReadOnlyDictionary<string, ActivityDescription> Descriptions { get; }

    public ActivityBehavior? Find(string type) => _behaviors.GetValueOrDefault(type);
}
