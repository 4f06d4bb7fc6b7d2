using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Sending;

/// <summary>May this message go, or this guided step be done, now? All else is looked up.</summary>
/// <param name="MessageKey">The message by its idempotency key (the outbox id), or the task of a guided step.</param>
/// <param name="Channel">The channel's id.</param>
/// <param name="Now">UTC.</param>
public sealed record SendingQuestion(string MessageKey, string Channel, DateTimeOffset Now)
{
    /// <summary>Null where nobody is known.</summary>
    public Guid? ContactId { get; init; }

    public Guid? RunId { get; init; }

    /// <summary>Who speaks; null where nobody in particular does.</summary>
    public Guid? RepId { get; init; }

    /// <summary>Our own address that it would go out from; null where caps by mailbox have no meaning.</summary>
    public string? Mailbox { get; init; }

    /// <summary>What the channel's settings say of that address's caps; null for what the policy says.</summary>
    public MailboxLimits? MailboxLimits { get; init; }

    /// <summary>Null for what the channel is usually for.</summary>
    public SendingPurpose? Purpose { get; init; }

    /// <summary>Asks for a message to the contact of a run's subject, from the rep in its facts.</summary>
    public static SendingQuestion Of(Subject subject, string messageKey, string channel, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return new(messageKey, channel, now) { ContactId = Id(subject, "contact"), RepId = Id(subject, "rep") };
    }

    private static Guid? Id(Subject subject, string fact) =>
        FactPath.Find(subject.Facts, fact + ".id") is string text && Guid.TryParse(text, out var id) ? id
        : subject.Kind == fact && Guid.TryParse(subject.Id, out var own) ? own : null;
}
