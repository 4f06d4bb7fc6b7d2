using Playbook.Engine.Runs;

namespace Playbook.Storage.Sending;

/// <summary>What became of a message, with the touch that it made: both are on disk in the commit of the run's turn.</summary>
public sealed record MessageDone(string Id, string? Result) : OutboxDone(Id, Result)
{
    /// <summary>What became known when it went; null where it did not go, so that its permit counts no more.</summary>
    public SentTouch? Sent { get; init; }
}
