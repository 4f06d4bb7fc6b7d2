namespace Playbook.Server.Plugins;

/// <summary>The calls of a channel that failed in a row. One can be the network; several say that it does not work.</summary>
internal sealed class CallFaults
{
    public const int Several = 3;

    private readonly Lock _lock = new();
    private int _inARow;
    private PluginException? _last;

    /// <summary>Why it counts as not working; null while it does.</summary>
    public PluginException? Malfunction
    {
        get
        {
            lock (_lock)
                return _inARow >= Several ? _last : null;
        }
    }

    public PluginException Add(PluginException fault)
    {
        lock (_lock)
        {
            _inARow++;
            _last = fault;
        }

        return fault;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _inARow = 0;
            _last = null;
        }
    }
}
