using Playbook.Abstractions;

namespace Playbook.Sales.Scenarios;

/// <summary>One thing that happens in a trial: a closed set.</summary>
public abstract record TrialMove
{
    private TrialMove()
    {
    }

    /// <summary>What becomes of the messages that the move sends, in their order; those not named arrive.</summary>
    public IReadOnlyList<Stimulus> Fates { get; init; } = [];

    /// <summary>The playbook begins.</summary>
    public sealed record Start : TrialMove;

    /// <summary>Somebody completes the open task of an activity.</summary>
    public sealed record Complete(string ActivityId, string Outcome, IReadOnlyDictionary<string, object?> Fields, string? By = null) : TrialMove;

    /// <summary>Time passes.</summary>
    public sealed record Wait(TimeSpan Time) : TrialMove;

    /// <summary>The contact answers.</summary>
    public sealed record Reply(string? Text, string Channel) : TrialMove;

    /// <summary>
    /// Something else comes in from the contact: a machine's answer, a message that comes back later, a complaint, an end of
    /// the subscription, an answer to an invitation.
    /// </summary>
    public sealed record Hear(Stimulus What) : TrialMove;

    /// <summary>An event happens.</summary>
    public sealed record Signal(string Name, object? Payload) : TrialMove;

    /// <summary>What an activity asked of the outside is answered.</summary>
    public sealed record Answer(string ActivityId, object? Value) : TrialMove;

    /// <summary>The playbook that an activity waits for ends.</summary>
    public sealed record End(string ActivityId) : TrialMove;
}
