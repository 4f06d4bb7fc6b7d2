using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Sending;

/// <summary>What the sending policy must know of one message: whom it is for and what they agreed to.</summary>
/// <param name="Channel">The channel's id, such as <c>email</c>.</param>
/// <param name="Now">UTC.</param>
public sealed record SendingContext(string Channel, DateTimeOffset Now)
{
    public string? Email { get; init; }
    public bool DoNotContact { get; init; }
    public bool ConsentEmail { get; init; }
    public bool IsConsumer { get; init; }

    /// <summary>ISO 3166 with two letters; null where it is not known.</summary>
    public string? Country { get; init; }

    /// <summary>Whether there is a person to write to at all: a run can be about an opportunity whose contact nobody knows.</summary>
    public bool HasContact { get; init; } = true;

    /// <summary>Reads it from the facts of a run's subject.</summary>
    public static SendingContext Of(Subject subject, string channel, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var contact = FactPath.TryMap(subject.Facts.GetValueOrDefault("contact"), out var map) ? map : null;
        return new(channel, now)
        {
            HasContact = contact?.GetValueOrDefault("id") is not null,
            Email = contact?.GetValueOrDefault("email") as string,
            DoNotContact = contact?.GetValueOrDefault("do_not_contact") is true,
            ConsentEmail = contact?.GetValueOrDefault("consent_email") is true,
            IsConsumer = contact?.GetValueOrDefault("is_consumer") is true,
            Country = contact?.GetValueOrDefault("country") as string,
        };
    }
}
