using System.Globalization;
using NodaTime;

namespace Playbook.Calendar.Pages;

/// <summary>What the contact reads, in English and Danish. Dates are put together here: a machine may know no cultures.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> Danish = new(StringComparer.Ordinal)
    {
        ["Choose a time here:"] = "Vælg et tidspunkt her:",
        ["Cancelled"] = "Aflyst",
        ["New time"] = "Nyt tidspunkt",
        ["This appointment is cancelled:"] = "Denne aftale er aflyst:",
        ["Your appointment:"] = "Jeres aftale:",
        ["minutes"] = "minutter",
        ["Another time, or cancel:"] = "Andet tidspunkt, eller aflys:",
        ["Choose a new time here:"] = "Vælg et nyt tidspunkt her:",
        ["Choose a time"] = "Vælg et tidspunkt",
        ["Choose another time"] = "Vælg et andet tidspunkt",
        ["Times are shown in"] = "Tiderne vises i",
        ["Time zone"] = "Tidszone",
        ["Show"] = "Vis",
        ["Earlier"] = "Tidligere",
        ["Later"] = "Senere",
        ["Book this time"] = "Book tidspunktet",
        ["Move to this time"] = "Flyt til tidspunktet",
        ["There is no free time in the days ahead. Please write to us."] = "Der er ingen ledige tider i de kommende dage. Skriv gerne til os.",
        ["That time has just been taken. These are free:"] = "Tidspunktet er lige blevet optaget. Disse er ledige:",
        ["Please choose one of the times."] = "Vælg et af tidspunkterne.",
        ["Your appointment is booked"] = "Aftalen er booket",
        ["An invitation is on its way to"] = "En invitation er på vej til",
        ["When"] = "Hvornår",
        ["With"] = "Med",
        ["Where"] = "Hvor",
        ["About"] = "Om",
        ["Cancel the appointment"] = "Aflys aftalen",
        ["Cancel this appointment?"] = "Vil du aflyse aftalen?",
        ["Yes, cancel it"] = "Ja, aflys",
        ["No, keep it"] = "Nej, behold den",
        ["The appointment is cancelled"] = "Aftalen er aflyst",
        ["You can choose a new time whenever you like."] = "Du kan vælge et nyt tidspunkt, når du vil.",
        ["You have an appointment already:"] = "Du har allerede en aftale:",
        ["This link does not work"] = "Linket virker ikke",
        ["It may have been cut off in the mail. Copy the whole link, or answer the mail."] = "Måske er det klippet over i mailen. Kopiér hele linket, eller svar på mailen.",
        ["This link has run out"] = "Linket er udløbet",
        ["Answer the mail that it came with, and we find a time together."] = "Svar på mailen, det kom med, så finder vi et tidspunkt sammen.",
        ["Open in a calendar"] = "Åbn i en kalender",
    };

    private static readonly string[] EnglishDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly string[] DanishDays = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
    private static readonly string[] EnglishMonths = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] DanishMonths = ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"];

    public static string Say(string english, string language) => language == "da" ? Danish.GetValueOrDefault(english, english) : english;

    public static string Day(LocalDate day, string language) => language == "da"
        ? $"{DanishDays[(int)day.DayOfWeek - 1]} den {day.Day}. {DanishMonths[day.Month - 1]}"
        : $"{EnglishDays[(int)day.DayOfWeek - 1]} {day.Day} {EnglishMonths[day.Month - 1]}";

    /// <summary>By the 24 hours that both languages write.</summary>
    public static string Time(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
