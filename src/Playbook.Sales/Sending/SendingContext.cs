using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Sending;

/// <summary>What a contact said of one scope last.</summary>
public sealed record Will(Consent.ConsentAct Act, string Scope, DateTimeOffset At)
{
    /// <summary>Who wrote it down and where it can be looked up, for the record.</summary>
    public string? By { get; init; }

    public string? Evidence { get; init; }
}

/// <summary>A list or entry that forbids contacting them.</summary>
/// <param name="Scope">A channel's id, or everything.</param>
/// <param name="Reason">Why, as people read it.</param>
/// <param name="List">The list it is from, such as <c>robinson</c>; null for our own.</param>
public sealed record Suppressed(string Scope, string Reason, string? List);

/// <summary>What the sending policy must know of one message: whom it is for, what they agreed to and what went before.</summary>
/// <param name="Channel">The channel's id, such as <c>email</c>.</param>
/// <param name="Now">UTC.</param>
public sealed record SendingContext(string Channel, DateTimeOffset Now)
{
    public SendingPurpose Purpose { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? LinkedIn { get; init; }
    public bool DoNotContact { get; init; }

    /// <summary>The contact's record says that they agreed to e-mail; the ledger's newest word outranks it.</summary>
    public bool ConsentEmail { get; init; }

    public bool IsConsumer { get; init; }

    /// <summary>Whether they bought from us and gave their address then.</summary>
    public bool IsCustomer { get; init; }

    /// <summary>ISO 3166 with two letters; null where it is not known.</summary>
    public string? Country { get; init; }

    /// <summary>The contact's own zone as somebody wrote it down.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether there is a person to write to at all: a run can be about an opportunity whose contact nobody knows.</summary>
    public bool HasContact { get; init; } = true;

    /// <summary>The newest word of the consent ledger on each scope, and any objection.</summary>
    public IReadOnlyList<Will> Wills { get; init; } = [];

    public IReadOnlyList<Suppressed> Suppressions { get; init; } = [];

    /// <summary>When each list was last taken in, by its name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Lists { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>When the contact last wrote to us, UTC; null for never, or too long ago to matter.</summary>
    public DateTimeOffset? WroteAt { get; init; }

    /// <summary>Until when a machine of theirs answers, UTC.</summary>
    public DateTimeOffset? AwayUntil { get; init; }

    /// <summary>Why another rep or run has the contact or the company now, as people read it; null where nobody has.</summary>
    public string? TakenBy { get; init; }

    /// <summary>Why a colleague's reply stops this, as people read it; null where none does.</summary>
    public string? StoppedByReply { get; init; }

    public IReadOnlyList<CapUse> Caps { get; init; } = [];
    public IReadOnlyList<GapUse> Gaps { get; init; } = [];
    public SendingSettings Settings { get; init; } = Defaults;

    private static readonly SendingSettings Defaults = new();

    /// <summary>Reads what the facts of a run's subject tell: all that a trial knows.</summary>
    public static SendingContext Of(Subject subject, string channel, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var contact = FactPath.TryMap(subject.Facts.GetValueOrDefault("contact"), out var map) ? map : null;
        var account = FactPath.TryMap(subject.Facts.GetValueOrDefault("account"), out var company) ? company : null;
        return new(channel, now)
        {
            HasContact = contact?.GetValueOrDefault("id") is not null,
            Email = contact?.GetValueOrDefault("email") as string,
            Phone = contact?.GetValueOrDefault("phone") as string,
            LinkedIn = contact?.GetValueOrDefault("linkedin") as string,
            DoNotContact = contact?.GetValueOrDefault("do_not_contact") is true,
            ConsentEmail = contact?.GetValueOrDefault("consent_email") is true,
            IsConsumer = contact?.GetValueOrDefault("is_consumer") is true,
            Country = contact?.GetValueOrDefault("country") as string ?? account?.GetValueOrDefault("country") as string,
            TimeZone = contact?.GetValueOrDefault("time_zone") as string,
        };
    }
}
