using System.Text.Json.Serialization;

namespace Playbook.Calendar.Bookings;

/// <summary>A link by which somebody may choose a time.</summary>
/// <param name="Id">Stands in the link.</param>
/// <param name="Key">The idempotency key of the message that brought it.</param>
internal sealed record Offer(string Id, string Key, string To, string ToName, string Subject, int Minutes, DateTimeOffset ExpiresAt)
{
    /// <summary>The e-mail address of the only rep whom it offers; null for all.</summary>
    public string? Rep { get; init; }

    public string Language { get; init; } = "en";

    /// <summary>The visitor's zone by its tz database name.</summary>
    public required string Zone { get; init; }

    public string? Place { get; init; }
}

/// <summary>An appointment. Each change has a higher <see cref="Sequence"/>.</summary>
/// <param name="Uid">Stable over all changes, as calendars know it.</param>
/// <param name="Key">The idempotency key of the message that invited or offered.</param>
/// <param name="Rep">The rep's e-mail address.</param>
internal sealed record Booking(string Uid, string Key, string Rep, DateTimeOffset Start, int Minutes, string To, string ToName, string Subject)
{
    public int Sequence { get; init; }

    public BookingState State { get; init; } = BookingState.Open;

    /// <summary>The offer by which it was made; null for an invitation to a time that we chose.</summary>
    public string? OfferId { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public string? Place { get; init; }

    public string Text { get; init; } = "";

    public string Language { get; init; } = "en";

    /// <summary>What its last change was, as the run is told: <c>booked</c>, <c>moved</c>, <c>cancelled</c>; null where the run made it itself.</summary>
    public string? Change { get; init; }

    /// <summary>When the answer that counts was given by the attendee's calendar: an older one that comes late is none.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    [JsonIgnore]
    public bool TakesTime => State is BookingState.Open or BookingState.Accepted or BookingState.Tentative;

    [JsonIgnore]
    public DateTimeOffset End => Start.AddMinutes(Minutes);
}

/// <summary>What the attendee said.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BookingState>))]
internal enum BookingState
{
    /// <summary>Made, and not yet answered by their calendar.</summary>
    Open,
    Accepted,
    Tentative,
    Declined,
    Cancelled,
}

/// <summary>One line of the journal: exactly one of these is there.</summary>
internal sealed record Entry
{
    public Offer? Offer { get; init; }

    public Booking? Booking { get; init; }

    /// <summary>A message of the host's that went.</summary>
    public Sent? Sent { get; init; }

    /// <summary>A mail that the server took, by its Message-ID.</summary>
    public string? Mailed { get; init; }

    /// <summary>A change that the host has stored, by its event's id.</summary>
    public string? Told { get; init; }

    /// <summary>How far the mailbox was read.</summary>
    public MailboxMark? Read { get; init; }
}

internal sealed record MailboxMark(uint Validity, uint Uid);

/// <summary>What was answered for a message that went: the same again whenever it is asked for.</summary>
/// <param name="Key">The idempotency key.</param>
internal sealed record Sent(string Key, string ProviderId);
