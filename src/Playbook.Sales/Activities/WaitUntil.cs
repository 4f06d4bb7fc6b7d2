using System.Globalization;
using NodaTime;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Activities;

/// <summary>
/// Waits for a moment: <c>at</c> (else now), moved by <c>delay</c>, then moved on to the next time of day, allowed day or
/// business hour. The delay may be negative where <c>at</c> is given: a day before the appointment.
/// </summary>
public sealed class WaitUntil : IActivity
{
    private const string DaysCure = """list days such as ["Mon", "Tue", "Wed"]""";

    public ActivityDescription Description { get; } = new("Playbook.WaitUntil", Palette.Steer, "Wait until",
        "Waits for a while, for a time of day, or for business hours where the contact lives.")
    {
        Inputs =
        [
            Palette.Time("Delay", "How long", "How long to wait; negative for a time before the moment given."),
            new("At", "DateTimeOffset", "The moment to wait for, such as the start of an appointment.") { DisplayName = "Moment" },
            new("Time", "String", "The time of day to wait for, such as 09:00.") { DisplayName = "Time of day" },
            new("Weekdays", "String[]", "The days on which to go on; every day where it is empty.") { DisplayName = "Days", Editor = "multitext" },
            new("BusinessHours", "Boolean", "Go on only Monday to Friday, 09:00 to 17:00.") { DisplayName = "In business hours", Editor = "checkbox", Default = false },
            new("Holidays", "String[]", "Days to leave out: dates such as 2026-12-24, or a country such as DK for its holidays.") { DisplayName = "Not on", Editor = "multitext" },
            new("TimeZone", "String", "Whose clock it is, such as Europe/Copenhagen; the contact's where it is empty.") { DisplayName = "Time zone" },
        ],
        Icon = "schedule",
        Color = Palette.Signpost,
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var at = inputs.Moment("At");
        var delay = inputs.AnyDuration("Delay");
        var window = Window.Read(inputs);
        if (at is null && delay < TimeSpan.Zero)
            inputs.Problem("Delay", $"is {delay:c}, and nothing can wait for the past", "give a moment in 'at' that it counts back from, or a positive time");
        if (at is null && delay is null && window is null && inputs.Failure is null)
            inputs.Problem("Delay", "is missing, and so is everything else to wait for", "give a delay, a moment, a time of day, days or business hours");
        return inputs.Failure as ActivityResult ?? Wait(context, Later(at, delay, context.Now), window);
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Asked again, because a run that is woken late, after an outage or a pause, must still keep to the window.
        var inputs = new StepInputs(context);
        var window = Window.Read(inputs);
        if (inputs.Failure is { } failure)
            return failure;
        return window is null || window.Calendar.IsOpen(context.Now) ? ActivityResult.Complete() : Wait(context, context.Now, window);
    }

    private static ActivityResult Wait(IActivityContext context, DateTimeOffset from, Window? window)
    {
        var until = window is null ? from : window.Next(from);
        return until is not { } moment
            ? ActivityResult.Fail("There is no moment to wait for within two years: the days, hours and holidays given leave none. Allow more days.")
            : moment <= context.Now ? ActivityResult.Complete() : ActivityResult.Wait(Bookmark.Until(moment));
    }

    private static DateTimeOffset Later(DateTimeOffset? at, TimeSpan? delay, DateTimeOffset now)
    {
        var from = (at ?? now) + (delay ?? TimeSpan.Zero);
        return from > now ? from : now;
    }

    private sealed record Window(BusinessCalendar Calendar, TimeOnly? Time)
    {
        public DateTimeOffset? Next(DateTimeOffset from) => Time is { } time ? Calendar.NextAt(time, from) : Calendar.Next(from);

        /// <summary>Null where no time of day, day or hour is asked for.</summary>
        public static Window? Read(StepInputs inputs)
        {
            var zone = Zone(inputs);
            var time = TimeOfDay(inputs);
            var days = Days(inputs);
            var holidays = Holidays(inputs);
            var businessHours = inputs.Flag("BusinessHours");
            if (businessHours && time is { } clock && !BusinessHours.NineToFive.Contains(clock))
                inputs.Problem("Time", string.Create(CultureInfo.InvariantCulture, $"is {clock:HH\\:mm}, outside business hours"), "choose a time from 09:00 to 16:59, or leave out businessHours");
            if (time is null && days.Count == 0 && holidays is null && !businessHours)
                return null;
            var open = BusinessHours.EveryDay.Where(day =>
                (days.Count == 0 || days.Contains(day)) && (!businessHours || BusinessHours.WorkingDays.Contains(day)));
            var hours = businessHours ? BusinessHours.On(open, BusinessHours.NineToFive) : BusinessHours.On(open);
            return new Window(new BusinessCalendar(zone, hours, holidays), time);
        }

        private static DateTimeZone Zone(StepInputs inputs)
        {
            if (inputs.Text("TimeZone") is not { } name)
                return ContactPlace.Zone(inputs.Context.Subject);
            if (ContactPlace.FindZone(name) is { } zone)
                return zone;
            inputs.Problem("TimeZone", $"is '{name}', which is not a time zone", "write its name from the tz database, such as Europe/Copenhagen");
            return DateTimeZone.Utc;
        }

        private static TimeOnly? TimeOfDay(StepInputs inputs)
        {
            if (inputs.Text("Time") is not { } text)
                return null;
            if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                return time;
            inputs.Problem("Time", $"is '{text}', which is not a time of day", "write it as 09:00, on a clock of 24 hours");
            return null;
        }

        private static List<DayOfWeek> Days(StepInputs inputs)
        {
            var days = new List<DayOfWeek>();
            foreach (var name in inputs.Names("Weekdays", DaysCure))
            {
                var found = BusinessHours.EveryDay.Where(day => name.Length >= 3 && day.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToList();
                if (found.Count == 1)
                    days.Add(found[0]);
                else
                    inputs.Problem("Weekdays", $"has '{name}', which is not a day of the week", DaysCure);
            }
            return days;
        }

        private static Holidays? Holidays(StepInputs inputs)
        {
            var cure = $"write dates such as 2026-12-24, or one of the countries {string.Join(", ", CountryHolidays.Known)}";
            var dates = new List<DateOnly>();
            var countries = new List<CountryHolidays>();
            foreach (var name in inputs.Names("Holidays", cure))
            {
                if (DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                    dates.Add(date);
                else if (CountryHolidays.Find(name) is { } country)
                    countries.Add(country);
                else
                    inputs.Problem("Holidays", $"has '{name}', which is neither a date nor a country that we know the holidays of", cure);
            }
            return dates.Count + countries.Count == 0 ? null : Sales.Calendar.Holidays.Of(dates, countries);
        }
    }
}
