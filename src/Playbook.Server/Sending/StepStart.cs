using Playbook.Abstractions;
using Playbook.Sales.Sending;

namespace Playbook.Server.Sending;

/// <summary>What came of a rep's press on "call": a closed set.</summary>
public abstract record StepStart
{
    private StepStart()
    {
    }

    /// <summary>The channel has begun it; a second press of the same task gets the same answer and begins nothing.</summary>
    public sealed record Begun(string ProviderId) : StepStart;

    /// <summary>The sending policy does not allow it now, or not at all; nothing was begun.</summary>
    public sealed record NotAllowed(SendingDecision Decision) : StepStart;

    /// <summary>The channel will not do it; <paramref name="Reason"/> names the cause and the cure.</summary>
    public sealed record Refused(string Reason) : StepStart;

    /// <summary>The channel or its provider has no time for it now.</summary>
    public sealed record Busy(TimeSpan After, string Reason) : StepStart;

    /// <summary>Nobody knows whether it was begun; another press finds out, under the same key.</summary>
    public sealed record Unclear(string Reason) : StepStart;

    /// <summary>There is nothing here that a channel could begin.</summary>
    public sealed record Impossible(string Reason) : StepStart;
}
