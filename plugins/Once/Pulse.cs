using Playbook.Abstractions;

namespace Playbook.Once;

/// <summary>How the provider was the last time that it was asked, for the channel's health.</summary>
internal sealed class Pulse
{
    private volatile string? _fault;

    public ChannelHealth Health => _fault is { } fault ? new ChannelHealth(false, fault) : ChannelHealth.Well;

    public void Beat() => _fault = null;

    public void Miss(string fault) => _fault = fault;

    /// <summary>Notes a fault on its way to the host.</summary>
    public async ValueTask<T> Watch<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Miss(fault.Message);
            throw;
        }
    }
}
