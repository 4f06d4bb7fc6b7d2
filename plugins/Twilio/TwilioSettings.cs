using Playbook.Abstractions;

namespace Playbook.Twilio;

/// <summary>Which account, and where; the settings that the channels of Twilio share.</summary>
internal sealed record TwilioSettings(string AccountSid, string AuthToken, string ApiKey, string ApiSecret, Uri Api, string From)
{
    public const string UsualApi = "https://api.twilio.com";

    public static FormField AccountField { get; } = new("account_sid", "Account SID")
    {
        Help = "Begins with AC; on the first page of the Twilio console, or the project id of a compatible provider.",
    };

    public static FormField TokenField { get; } = new("auth_token", "Auth token", "secret")
    {
        Help = "Stands beside the account SID. Incoming requests are checked with it, so it is needed even where an API key signs in.",
    };

    public static FormField KeyField { get; } = new("api_key", "API key SID")
    {
        Help = "Begins with SK. Optional: signs in instead of the auth token and can be taken back by itself.",
    };

    public static FormField SecretField { get; } = new("api_secret", "API key secret", "secret") { Help = "Belongs to the API key; leave it empty where there is none." };

    public static FormField ApiField { get; } = new("api_url", "Address of the API")
    {
        Default = UsualApi,
        Help = "Only for a provider that is compatible with Twilio, such as https://example.signalwire.com/api/laml.",
        Pattern = @"https?://\S+",
    };

    public static TwilioSettings Read(IReadOnlyDictionary<string, string> settings)
    {
        var api = Text(settings, ApiField.Name) is { Length: > 0 } text ? text : UsualApi;
        if (!Uri.TryCreate(api.TrimEnd('/'), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new ArgumentException($"The address of the API, '{api}', is no web address; write one such as {UsualApi}.", nameof(settings));
        return new TwilioSettings(Text(settings, AccountField.Name), Text(settings, TokenField.Name), Text(settings, KeyField.Name), Text(settings, SecretField.Name), address, Text(settings, "from"));
    }

    /// <summary>What can be seen without asking anybody.</summary>
    public IEnumerable<string> Gaps()
    {
        if (AccountSid.Length == 0)
            yield return "The account SID is missing; copy it from the first page of the Twilio console.";
        if (AuthToken.Length == 0)
            yield return "The auth token is missing; copy it from the first page of the Twilio console.";
        if (ApiKey.Length == 0 != (ApiSecret.Length == 0))
            yield return "An API key has a SID and a secret, and one of them is missing; fill in both or neither.";
        if (Api.Scheme == "http" && !Api.IsLoopback)
            yield return $"{Api.OriginalString} would carry the auth token unencrypted; use its https address.";
    }

    public static string Text(IReadOnlyDictionary<string, string> settings, string name) => settings.GetValueOrDefault(name)?.Trim() ?? "";
}
