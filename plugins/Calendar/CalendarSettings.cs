using System.Globalization;
using MailKit.Security;
using MimeKit;
using NodaTime;
using NodaTime.Text;
using Playbook.Abstractions;
using Playbook.Calendar.Hours;

namespace Playbook.Calendar;

/// <summary>Who can be booked when, and the mailbox that invitations come from and answers go to.</summary>
internal sealed record CalendarSettings
{
    public static IReadOnlyList<FormField> Form { get; } =
    [
        new("company", "Company") { Required = true, Help = "As visitors of the booking page read it." },
        new("from", "E-mail address", "email") { Required = true, Help = "Invitations come from it, and answers go to it." },
        new("reps", "People", "multiline") { Required = true, Help = "One a line: Karen Lund <karen@example.com>; further with hours=…; zone=…; max=…; busy=https://….ics where they differ." },
        new("hours", "Hours", "multiline") { Default = "Mon-Fri 09:00-12:00 13:00-16:00", Help = "By the clock of whoever is booked; several with ';' or on lines of their own." },
        new("timeZone", "Time zone") { Default = "Europe/Copenhagen" },
        new("minutes", "Minutes", "number") { Default = "30", Min = 5, Max = 480, Help = "How long an appointment takes where the step does not say." },
        new("step", "A time every … minutes", "number") { Default = "30", Min = 5, Max = 240 },
        new("bufferBefore", "Minutes free before", "number") { Default = "0", Min = 0, Max = 240 },
        new("bufferAfter", "Minutes free after", "number") { Default = "15", Min = 0, Max = 240 },
        new("noticeHours", "Hours of notice", "number") { Default = "24", Min = 0, Max = 720 },
        new("horizonDays", "Days ahead", "number") { Default = "21", Min = 1, Max = 180 },
        new("dailyMax", "At most a day and person", "number") { Default = "6", Min = 1, Max = 50 },
        new("feedServer", "Other server of calendars") { Help = "Where busy=… leads to another server than Google's, Microsoft's or Apple's: its address, such as https://cloud.example.com." },
        new("holidayCountries", "Public holidays of") { Default = "DK", Help = "Two letters each: DK, GB, US. Nobody is booked on them." },
        new("holidays", "Other days off", "multiline") { Help = "One a line: 2026-12-24, or 2026-07-13..2026-07-31." },
        new("linkDays", "Days a booking link works", "number") { Default = "30", Min = 1, Max = 365 },
        new("reminder", "Reminder, minutes before", "number") { Default = "60", Min = 0, Max = 10080 },
        new("language", "Language", "choice") { Default = "en", Options = ["en", "da"] },
        new("smtpHost", "SMTP server") { Required = true },
        new("smtpPort", "SMTP port", "number") { Default = "587", Min = 1, Max = 65535 },
        new("smtpSecurity", "SMTP security", "choice") { Default = "starttls", Options = ["starttls", "tls", "none"] },
        new("smtpUser", "SMTP user"),
        new("smtpPassword", "SMTP password", "secret"),
        new("imapHost", "IMAP server") { Help = "Where answers are read; empty where they are not." },
        new("imapPort", "IMAP port", "number") { Default = "993", Min = 1, Max = 65535 },
        new("imapSecurity", "IMAP security", "choice") { Default = "tls", Options = ["starttls", "tls", "none"] },
        new("imapUser", "IMAP user"),
        new("imapPassword", "IMAP password", "secret"),
        new("imapFolder", "IMAP folder") { Default = "INBOX" },
    ];

    public required string Company { get; init; }
    public required string From { get; init; }
    public required IReadOnlyList<RepCard> Reps { get; init; }
    public required BookingRules Rules { get; init; }
    public required DateTimeZone Zone { get; init; }
    public int Minutes { get; init; }
    public int LinkDays { get; init; }
    public int ReminderMinutes { get; init; }
    public string Language { get; init; } = "en";
    public required MailServer Smtp { get; init; }
    public MailServer? Imap { get; init; }
    public string ImapFolder { get; init; } = "INBOX";

    public string Domain => From[(From.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads the settings; each thing that is wrong is one sentence with its cure.</summary>
    public static CalendarSettings Read(IReadOnlyDictionary<string, string> settings, out IReadOnlyList<string> problems)
    {
        var read = new Reader(settings);
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(read.Text("timeZone")!);
        if (zone is null)
            read.Wrong($"'{read.Text("timeZone")}' is not a time zone. Write it as Europe/Copenhagen.");
        if (!WorkingHours.TryRead(read.Text("hours")!, out var hours, out var problem))
            read.Wrong(problem);
        var from = read.Required("from");
        if (from.Length > 0 && (!MailboxAddress.TryParse(from, out var mailbox) || !mailbox.Address.Contains('@', StringComparison.Ordinal)))
            read.Wrong($"'{from}' is not an e-mail address. Write the address that invitations come from.");
        var dailyMax = read.Number("dailyMax");
        var result = new CalendarSettings
        {
            Company = read.Required("company"),
            From = from.Contains('@', StringComparison.Ordinal) ? from : "unset@invalid",
            Zone = zone ?? DateTimeZone.Utc,
            Reps = ReadReps(read, hours, zone ?? DateTimeZone.Utc, dailyMax),
            Rules = new BookingRules
            {
                Step = read.Number("step"),
                Before = Duration.FromMinutes(read.Number("bufferBefore")),
                After = Duration.FromMinutes(read.Number("bufferAfter")),
                Notice = Duration.FromHours(read.Number("noticeHours")),
                Horizon = Duration.FromDays(read.Number("horizonDays")),
                IsHoliday = DaysOff(read),
            },
            Minutes = read.Number("minutes"),
            LinkDays = read.Number("linkDays"),
            ReminderMinutes = read.Number("reminder"),
            Language = read.Text("language") == "da" ? "da" : "en",
            Smtp = new MailServer(read.Required("smtpHost"), read.Number("smtpPort"), Security(read.Text("smtpSecurity")), read.Text("smtpUser"), read.Text("smtpPassword")),
            Imap = read.Text("imapHost") is { } host ? new MailServer(host, read.Number("imapPort"), Security(read.Text("imapSecurity")), read.Text("imapUser"), read.Text("imapPassword")) : null,
            ImapFolder = read.Text("imapFolder")!,
        };
        problems = read.Problems;
        return result;
    }

    private static List<RepCard> ReadReps(Reader read, WorkingHours? hours, DateTimeZone zone, int dailyMax)
    {
        var reps = new List<RepCard>();
        foreach (var line in Lines(read.Required("reps")))
        {
            if (hours is null)
                break;
            if (!RepCard.TryRead(line, hours, zone, dailyMax, out var rep, out var problem))
                read.Wrong(problem);
            else if (reps.Exists(known => known.Email == rep.Email))
                read.Wrong($"{rep.Email} is there twice. Write each person once.");
            else
                reps.Add(rep);
        }
        return reps;
    }

    private static Func<LocalDate, bool> DaysOff(Reader read)
    {
        var countries = new List<Playbook.Sales.Calendar.CountryHolidays>();
        foreach (var code in (read.Text("holidayCountries") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Playbook.Sales.Calendar.CountryHolidays.Find(code) is { } known)
                countries.Add(known);
            else
                read.Wrong($"There are no rules for the public holidays of '{code}'; there are {string.Join(", ", Playbook.Sales.Calendar.CountryHolidays.Known)}. Write others as days off.");
        }
        var days = new List<(LocalDate From, LocalDate Until)>();
        foreach (var line in Lines(read.Text("holidays")))
        {
            var ends = line.Split("..").Select(end => LocalDatePattern.Iso.Parse(end.Trim())).ToList();
            if (ends.Count > 2 || ends.Exists(end => !end.Success) || ends[^1].Value < ends[0].Value)
                read.Wrong($"'{line}' is not a day off. Write it as 2026-12-24, or several as 2026-07-13..2026-07-31.");
            else
                days.Add((ends[0].Value, ends[^1].Value));
        }
        return day => days.Exists(off => off.From <= day && day <= off.Until) || countries.Exists(country => country.Contains(day.ToDateOnly()));
    }

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static SecureSocketOptions Security(string? choice) => choice switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private sealed class Reader(IReadOnlyDictionary<string, string> settings)
    {
        private readonly List<string> _problems = [];

        public IReadOnlyList<string> Problems => _problems;

        public void Wrong(string problem) => _problems.Add(problem);

        public string? Text(string name) => settings.TryGetValue(name, out var set) && !string.IsNullOrWhiteSpace(set) ? set.Trim() : Field(name).Default;

        public string Required(string name)
        {
            if (Text(name) is { } text)
                return text;
            Wrong($"{Field(name).Label} is missing. Fill it in.");
            return "";
        }

        public int Number(string name)
        {
            var field = Field(name);
            if (int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= field.Min && number <= field.Max)
                return number;
            Wrong($"{field.Label}: '{Text(name)}' is not a whole number from {field.Min} to {field.Max}. Correct it.");
            return int.Parse(field.Default!, CultureInfo.InvariantCulture);
        }

        private static FormField Field(string name) => Form.First(field => field.Name == name);
    }
}

/// <summary>Where mail goes out or comes in.</summary>
internal sealed record MailServer(string Host, int Port, SecureSocketOptions Security, string? User, string? Password);
