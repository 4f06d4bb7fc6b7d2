using NodaTime;

namespace Playbook.Calendar.Hours;

/// <summary>How appointments may lie, whoever they are with.</summary>
internal sealed record BookingRules
{
    /// <summary>Minutes between the times that are offered, counted from the start of a block of hours.</summary>
    public int Step { get; init; } = 30;

    /// <summary>Free time before and after an appointment.</summary>
    public Duration Before { get; init; } = Duration.Zero;

    public Duration After { get; init; } = Duration.FromMinutes(15);

    /// <summary>How long before it begins an appointment can be made at the latest.</summary>
    public Duration Notice { get; init; } = Duration.FromHours(24);

    /// <summary>How far ahead it may lie.</summary>
    public Duration Horizon { get; init; } = Duration.FromDays(21);

    /// <summary>Days on which nobody is booked, by the calendar of the person who is booked.</summary>
    public Func<LocalDate, bool> IsHoliday { get; init; } = static _ => false;
}
