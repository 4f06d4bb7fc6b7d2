using System.Globalization;
using Playbook.Abstractions;

namespace Playbook.Letter;

/// <summary>The letterhead, the paper, and when the day's batch is closed.</summary>
internal sealed record LetterSettings
{
    public const string PrintKeyName = "printKey";
    public const string WebhookSecretName = "webhookSecret";

    public static IReadOnlyList<FormField> Form { get; } =
    [
        new("company", "Company") { Required = true, Help = "As it stands at the top of each letter." },
        new("senderAddress", "Our address", "multiline") { Required = true, Help = "Street, then postal code and place, one line each; printed as the return address." },
        new("country", "Our country") { Default = "DK", Pattern = "[A-Za-z]{2}", Help = "Two letters. Letters to the same country are addressed without its name." },
        new("contactLine", "Phone, web") { Help = "One line below the address, such as +45 33 44 55 66 · example.com." },
        new("place", "Place before the date") { Help = "Such as Copenhagen; empty for the date alone." },
        new("language", "Language", "choice") { Default = "en", Options = ["en", "da"], Help = "For dates and the line about the code." },
        new("paper", "Paper", "choice") { Default = "auto", Options = ["auto", "A4", "Letter"], Help = "A4 for a DL or C5 envelope with its window at the left, US Letter for a #10 envelope; auto goes by our country." },
        new("sides", "Sides printed", "choice") { Default = "1", Options = ["1", "2"], Help = "With 2, each letter begins on a sheet of its own." },
        new("timeZone", "Time zone") { Default = "Europe/Copenhagen" },
        new("cutOff", "Batch closes at") { Default = "15:00", Pattern = @"\d{1,2}:\d{2}", Help = "Letters sent later go with the next day's batch." },
        new("days", "Days") { Default = "Mon Tue Wed Thu Fri", Help = "The days on which a batch is made." },
        new("landing", "Address to answer at") { Help = "A short address of ours that readers can type, such as example.com/letter; empty for the page that Playbook serves." },
        new("batchFolder", "Folder for batches") { Help = "Where print-ready batches go; empty for the channel's own folder." },
        new(PrintKeyName, "Key for the print page", "secret") { Help = "Whoever knows it can close today's batch at …/channels/letter/print." },
        new(WebhookSecretName, "Secret of the landing page", "secret") { Help = "With it a page of our own may post codes that were used; empty where there is none." },
    ];

    public required string Company { get; init; }
    public required IReadOnlyList<string> SenderAddress { get; init; }
    public string Country { get; init; } = "DK";
    public string? ContactLine { get; init; }
    public string? Place { get; init; }
    public string Language { get; init; } = "en";
    public bool UsPaper { get; init; }
    public bool TwoSided { get; init; }
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
    public TimeOnly CutOff { get; init; } = new(15, 0);
    public IReadOnlySet<DayOfWeek> Days { get; init; } = new HashSet<DayOfWeek>([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);
    public string? Landing { get; init; }
    public string? BatchFolder { get; init; }
    public string? PrintKey { get; init; }
    public string? WebhookSecret { get; init; }

    /// <summary>Reads the settings; each thing that is wrong is one sentence with its cure.</summary>
    public static LetterSettings Read(IReadOnlyDictionary<string, string> settings, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        string? Text(string name)
        {
            var text = settings.TryGetValue(name, out var set) && !string.IsNullOrWhiteSpace(set) ? set.Trim() : Form.First(field => field.Name == name).Default;
            return text;
        }

        var address = Lines(Text("senderAddress"));
        if (Text("company") is null)
            found.Add("The company's name is missing; it stands at the top of each letter. Fill in Company.");
        if (address.Count < 2)
            found.Add("Our own address needs at least two lines, street and place, so that a letter can come back. Complete Our address.");
        if (address.Count > 5)
            found.Add("Our own address has more than five lines and does not fit above the letter. Shorten Our address.");
        var country = Text("country")!.ToUpperInvariant();
        if (country.Length != 2 || !country.All(char.IsAsciiLetter))
            found.Add($"'{country}' is not a country's two letters. Write it as DK or US.");
        if (!TimeOnly.TryParseExact(Text("cutOff"), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var cutOff))
            found.Add($"'{Text("cutOff")}' is not a time of day. Write when the batch closes as 15:00.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Text("timeZone")!, out var zone))
            found.Add($"'{Text("timeZone")}' is not a time zone. Write it as Europe/Copenhagen.");
        var days = ReadDays(Text("days")!, found);
        if (Text("batchFolder") is { } folder && !Path.IsPathFullyQualified(folder))
            found.Add($"'{folder}' is not a whole path. Write the folder for batches from the root on.");
        problems = found;
        return new LetterSettings
        {
            Company = Text("company") ?? "",
            SenderAddress = address,
            Country = country,
            ContactLine = Text("contactLine"),
            Place = Text("place"),
            Language = Text("language") == "da" ? "da" : "en",
            UsPaper = Text("paper") switch { "A4" => false, "Letter" => true, _ => country is "US" or "CA" },
            TwoSided = Text("sides") == "2",
            Zone = zone ?? TimeZoneInfo.Utc,
            CutOff = cutOff,
            Days = days,
            Landing = Text("landing"),
            BatchFolder = Text("batchFolder"),
            PrintKey = Text(PrintKeyName),
            WebhookSecret = Text(WebhookSecretName),
        };
    }

    public static IReadOnlyList<string> Lines(string? text) =>
        (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static HashSet<DayOfWeek> ReadDays(string text, List<string> problems)
    {
        var days = new HashSet<DayOfWeek>();
        foreach (var word in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var day = Enum.GetValues<DayOfWeek>().Where(day => word.Length >= 3 && day.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase)).ToList();
            if (day.Count == 1)
                days.Add(day[0]);
            else
                problems.Add($"'{word}' is not a day of the week. Write the days as Mon Tue Wed Thu Fri.");
        }
        if (days.Count == 0)
            problems.Add("There is no day on which a batch is made, so no letter would ever go. Name at least one of the Days.");
        return days;
    }
}
