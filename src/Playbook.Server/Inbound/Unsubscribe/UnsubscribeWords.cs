namespace Playbook.Server.Inbound.Unsubscribe;

/// <summary>What the page says, in the contact's language.</summary>
internal sealed record UnsubscribeWords
{
    public required string Language { get; init; }
    public required string Title { get; init; }

    /// <summary>With the masked address in it.</summary>
    public required Func<string?, string> Question { get; init; }

    public required string Legend { get; init; }
    public required string Everything { get; init; }
    public required Func<string, string> OnlyChannel { get; init; }
    public required string Button { get; init; }
    public required string DoneTitle { get; init; }
    public required Func<string?, string> Done { get; init; }
    public required Func<string?, string, string> DoneChannel { get; init; }
    public required string UnknownTitle { get; init; }
    public required string Unknown { get; init; }

    public static UnsubscribeWords For(string? language) => language?.StartsWith("da", StringComparison.OrdinalIgnoreCase) == true ? Danish : English;

    private static UnsubscribeWords English { get; } = new()
    {
        Language = "en",
        Title = "No more messages",
        Question = address => address is null ? "Do you want no more messages from us?" : $"Do you want no more messages to {address}?",
        Legend = "What shall end?",
        Everything = "Everything: no messages by e-mail, text message, letter or telephone",
        OnlyChannel = channel => $"Only messages {By(channel)}",
        Button = "End them",
        DoneTitle = "You get no more messages",
        Done = address => address is null ? "It is done. You need do nothing else." : $"It is done for {address}. You need do nothing else.",
        DoneChannel = (address, channel) => $"It is done{(address is null ? "" : $" for {address}")}: no more messages {By(channel)}. You need do nothing else.",
        UnknownTitle = "This link does not work",
        Unknown = "Perhaps a part of it is missing. Open it from the message again, or answer the message with the word STOP: that works just as well.",
    };

    private static UnsubscribeWords Danish { get; } = new()
    {
        Language = "da",
        Title = "Ikke flere beskeder",
        Question = address => address is null ? "Vil du ikke have flere beskeder fra os?" : $"Vil du ikke have flere beskeder til {address}?",
        Legend = "Hvad skal stoppe?",
        Everything = "Alt: ingen beskeder på e-mail, sms, brev eller telefon",
        OnlyChannel = channel => $"Kun beskeder {Via(channel)}",
        Button = "Afmeld",
        DoneTitle = "Du får ikke flere beskeder",
        Done = address => address is null ? "Du er afmeldt. Du skal ikke gøre mere." : $"{address} er afmeldt. Du skal ikke gøre mere.",
        DoneChannel = (address, channel) => $"{address ?? "Du"} er afmeldt: ikke flere beskeder {Via(channel)}. Du skal ikke gøre mere.",
        UnknownTitle = "Linket virker ikke",
        Unknown = "Måske mangler der en del af det. Åbn det igen fra beskeden, eller svar på beskeden med ordet STOP: det virker lige så godt.",
    };

    private static string By(string channel) => channel switch { "email" => "by e-mail", "sms" => "by text message", "phone" => "by telephone", "letter" => "by letter", _ => $"by {channel}" };

    private static string Via(string channel) => channel switch { "email" => "på e-mail", "sms" => "på sms", "phone" => "på telefon", "letter" => "med brev", _ => $"på {channel}" };
}
