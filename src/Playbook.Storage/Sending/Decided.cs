using Playbook.Sales.Sending;

namespace Playbook.Storage.Sending;

/// <summary>A decision that is on disk. With a permit, the touch counts against the caps until it is sent or released.</summary>
public sealed record Decided(SendingDecision Decision)
{
    /// <summary>The message went out before: a crash came between the channel's answer and the run's knowledge of it.</summary>
    public bool WasSent { get; init; }
}
