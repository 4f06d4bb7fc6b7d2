using Playbook.Engine.Runs;

namespace Playbook.Server.Inbound;

/// <summary>Whom an event is about, and by what that was found.</summary>
public sealed record EventMatch
{
    public static EventMatch Nobody { get; } = new();

    /// <summary>Such as <c>message key</c>, <c>In-Reply-To</c>, <c>address and subject</c>; null where nobody was found.</summary>
    public string? MatchedBy { get; init; }

    public Guid? ContactId { get; init; }

    /// <summary>The message of ours that it is about.</summary>
    public string? MessageKey { get; init; }

    /// <summary>The run that sent that message, as it stands; null where it is gone or not known.</summary>
    public RunState? Run { get; init; }

    /// <summary>The step that sent it.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The address that the message went to.</summary>
    public string? Address { get; init; }

    /// <summary>Our own address that it went out from.</summary>
    public string? Mailbox { get; init; }

    public bool IsSomebody => ContactId is not null || Run is not null;
}
