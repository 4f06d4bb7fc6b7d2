using System.Globalization;
using NodaTime;
using Playbook.Abstractions;
using Playbook.Calendar.Hours;
using Playbook.Calendar.Pages;

namespace Playbook.Calendar;

/// <summary>What a message asks for, read from its inputs.</summary>
internal sealed record Wish(string Kind, int Minutes, string Language, DateTimeZone Zone)
{
    public DateTimeOffset? Start { get; init; }
    public RepCard? Rep { get; init; }
    public string? Place { get; init; }

    /// <summary>The earlier invitation by its UID.</summary>
    public string? Of { get; init; }

    /// <summary>Why it cannot be done, with the cure; null where it can.</summary>
    public string? Problem { get; init; }

    public static Wish From(OutgoingMessage message, CalendarSettings settings)
    {
        var start = Moment(message.Inputs.GetValueOrDefault("Start"));
        var of = Text(message, "Of");
        var isCancel = message.Inputs.GetValueOrDefault("Action") is CalendarChannel.CancelInvitation || (of is not null && start is null && !message.Inputs.ContainsKey("Start"));
        var kind = isCancel ? CalendarChannel.CancelInvitation : start is not null || message.Inputs.ContainsKey("Start") ? CalendarChannel.Invite : CalendarChannel.OfferTimes;
        var language = Text(message, "Language") ?? settings.Language;
        var minutes = Number(message.Inputs.GetValueOrDefault("Minutes")) ?? settings.Minutes;
        var who = Text(message, "With");
        var rep = Find(who, settings) ?? (kind == CalendarChannel.Invite ? Find(message.FromAddress, settings) : null);
        return new Wish(kind, minutes, language.StartsWith("da", StringComparison.OrdinalIgnoreCase) ? "da" : "en", Zones.Find(Text(message, "TimeZone")) ?? settings.Zone)
        {
            Start = start,
            Rep = rep,
            Place = Text(message, "Place"),
            Of = of ?? (isCancel && message.Thread.Count > 0 ? message.Thread[^1] : null),
            Problem = who is not null && rep is null ? $"'{who}' is nobody who can be booked. There are: {string.Join(", ", settings.Reps.Select(known => known.Email))}."
                : kind == CalendarChannel.Invite && start is null ? "The invitation's start is not a time. Write it as 2026-03-02T09:00+01:00."
                : minutes is < 5 or > 480 ? $"An appointment of {minutes} minutes cannot be made. Choose between 5 and 480."
                : null,
        };
    }

    private static RepCard? Find(string? who, CalendarSettings settings) => who is null ? null :
        settings.Reps.FirstOrDefault(rep => string.Equals(rep.Email, who.Trim(), StringComparison.OrdinalIgnoreCase) || string.Equals(rep.Name, who.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string? Text(OutgoingMessage message, string name) => message.Inputs.GetValueOrDefault(name) is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static DateTimeOffset? Moment(object? value) => value switch
    {
        DateTimeOffset moment => moment,
        DateTime moment => new DateTimeOffset(DateTime.SpecifyKind(moment, moment.Kind == DateTimeKind.Unspecified ? DateTimeKind.Utc : moment.Kind)),
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => moment,
        _ => null,
    };

    private static int? Number(object? value) => value switch
    {
        int number => number,
        long number => (int)Math.Clamp(number, int.MinValue, int.MaxValue),
        double number when Math.Abs(number) < 1e6 => (int)number,
        decimal number when Math.Abs(number) < 1e6m => (int)number,
        string text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
