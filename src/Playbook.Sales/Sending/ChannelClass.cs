namespace Playbook.Sales.Sending;

/// <summary>What a channel is to the law. A channel that nobody knows counts as electronic mail, the strictest.</summary>
public static class ChannelClass
{
    public const string Electronic = "electronic";
    public const string Voice = "voice";
    public const string Post = "post";

    /// <summary>Goes to a system and not to a person.</summary>
    public const string System = "system";

    public static IReadOnlyList<string> All { get; } = [Electronic, Voice, Post, System];

    public static string Of(string channel) => channel switch
    {
        "phone" => Voice,
        "letter" => Post,
        "webhook" => System,
        _ => Electronic,
    };

    /// <summary>What a message over this channel is for where nobody says otherwise: an invitation follows a meeting that was agreed.</summary>
    public static SendingPurpose PurposeOf(string channel) => channel is "calendar" or "webhook" ? SendingPurpose.Service : SendingPurpose.Marketing;

    /// <summary>The address that a channel needs, and what is missing where it is not known; null where it needs none.</summary>
    public static (string? Address, string Missing)? AddressFor(SendingContext context) => context.Channel switch
    {
        "email" or "calendar" => (context.Email, "The contact has no e-mail address; write it down first, or use another channel."),
        "sms" or "phone" => (context.Phone, "The contact has no phone number; write it down first, or use another channel."),
        "social" => (context.LinkedIn, "The contact has no profile on a network; write its address down first, or use another channel."),
        _ => null,
    };
}
