namespace Playbook.Server.Plugins;

/// <summary>How a plugin is; each but the first comes with a reason and a cure.</summary>
public enum PluginStatus
{
    /// <summary>It is loaded, has its settings, and can be called.</summary>
    Active,

    /// <summary>It is loaded, but settings that it needs are missing.</summary>
    NotConfigured,

    /// <summary>Somebody turned it off, or another one with the same id is used.</summary>
    Disabled,

    /// <summary>It was built for another version of the contract; none of its code was run, or it did not fit.</summary>
    Incompatible,

    /// <summary>Its code or its plugin.json does not work.</summary>
    Malfunctioned,
}
