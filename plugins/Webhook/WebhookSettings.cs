using Playbook.Abstractions;

namespace Playbook.Webhook;

/// <summary>How this channel is set up.</summary>
/// <param name="Url">Where requests go; null where none is given.</param>
/// <param name="Out">The keys that sign what goes out: the new one first.</param>
/// <param name="In">The keys that may have signed what comes in.</param>
internal sealed record WebhookSettings(Uri? Url, IReadOnlyList<byte[]> Out, IReadOnlyList<byte[]> In, bool AllowPrivate, IReadOnlyList<string> Problems)
{
    private const string SecretHelp = "Begins with whsec_; 24 to 64 random bytes in Base64 (openssl rand -base64 32).";

    public static IReadOnlyList<FormField> Fields { get; } =
    [
        new("url", "Address") { Required = true, Pattern = @"https?://\S+", Help = "Where requests go, such as https://crm.example.com/hooks/playbook. Redirects are not followed." },
        new("secret", "Secret for what goes out", "secret") { Required = true, Help = "The other system checks signatures with it. " + SecretHelp },
        new("old_secret", "Its predecessor", "secret") { Help = "While the other system changes over, requests are signed with both; empty it afterwards." },
        new("in_secret", "Secret for what comes in", "secret") { Help = "The other system signs with it. Without one, nothing is taken in. " + SecretHelp },
        new("old_in_secret", "Its predecessor", "secret") { Help = "Signatures with it are taken as well until you empty it." },
        new("allow_private", "The address may be inside this network", "checkbox")
        {
            Default = "false",
            Help = "Tick it only where the other system stands in your own network; otherwise a wrong or hostile address could reach what only this machine should reach.",
        },
    ];

    public static WebhookSettings Read(IReadOnlyDictionary<string, string> settings)
    {
        var problems = new List<string>();
        var url = Address(settings, problems);
        var outgoing = Keys(settings, problems, "secret", "old_secret");
        var incoming = Keys(settings, problems, "in_secret", "old_in_secret");
        if (outgoing.Count == 0 && problems.Count == 0)
            problems.Add("The secret for what goes out is missing; make one with: openssl rand -base64 32, and give it to the other system as well.");
        return new WebhookSettings(url, outgoing, incoming, Text(settings, "allow_private").Equals("true", StringComparison.OrdinalIgnoreCase), problems);
    }

    private static Uri? Address(IReadOnlyDictionary<string, string> settings, List<string> problems)
    {
        var text = Text(settings, "url");
        if (text.Length == 0)
            problems.Add("The address is missing; write where requests go, such as https://crm.example.com/hooks/playbook.");
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            problems.Add($"'{text}' is no web address; write one such as https://crm.example.com/hooks/playbook.");
        else if (url.UserInfo.Length > 0)
            problems.Add("The address carries a name or password; leave them out, the signature is what the other system checks.");
        else
            return url;
        return null;
    }

    private static List<byte[]> Keys(IReadOnlyDictionary<string, string> settings, List<string> problems, params ReadOnlySpan<string> names)
    {
        var keys = new List<byte[]>();
        foreach (var name in names)
            if (Text(settings, name) is { Length: > 0 } text)
            {
                if (WebhookSignature.Key(text) is { } key)
                    keys.Add(key);
                else
                    problems.Add($"The {Fields.Single(field => field.Name == name).Label.ToLowerInvariant()} ('{name}') cannot be read as a key of 24 to 64 bytes in Base64; make one with: openssl rand -base64 32.");
            }

        return keys;
    }

    private static string Text(IReadOnlyDictionary<string, string> settings, string name) => settings.GetValueOrDefault(name)?.Trim() ?? "";
}
