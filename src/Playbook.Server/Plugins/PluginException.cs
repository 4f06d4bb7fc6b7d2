namespace Playbook.Server.Plugins;

/// <summary>A plugin cannot be used.</summary>
/// <param name="status">What it is then.</param>
/// <param name="reason">Why, as the operator reads it.</param>
/// <param name="cure">What to do about it.</param>
/// <param name="cause">The exception behind it; null for none.</param>
public sealed class PluginException(PluginStatus status, string reason, string cure, Exception? cause = null) : Exception($"{reason} {cure}", cause)
{
    public PluginStatus Status => status;
    public string Reason => reason;
    public string Cure => cure;
}
