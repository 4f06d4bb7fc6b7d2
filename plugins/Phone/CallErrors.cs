using Playbook.Twilio;

namespace Playbook.Phone;

/// <summary>Twilio's error numbers for calls.</summary>
internal static class CallErrors
{
    private static readonly Dictionary<int, string> OfTheCall = new()
    {
        [13223] = "it is no valid phone number; correct it",
        [13224] = "it is no valid phone number; correct it",
        [13227] = "the account may not call this country; switch it on in the console (Voice, Geo permissions)",
        [21201] = "no number to call was given",
        [21211] = "it is no valid phone number; correct it",
        [21214] = "the number cannot be reached; correct it",
        [21215] = "the account may not call this country; switch it on in the console (Voice, Geo permissions)",
        [21216] = "the account may not call this number; ask Twilio why",
        [21217] = "it is no valid phone number; correct it",
        [21219] = "a trial account calls verified numbers only; verify it in the console or upgrade the account",
    };

    /// <summary>Faults of the settings: they stand against every call.</summary>
    private static readonly HashSet<int> OfTheSettings = [20003, 20404, 21210, 21212, 21213];

    public static string? Refusal(TwilioAnswer answer) =>
        OfTheSettings.Contains(answer.Code) ? null
        : OfTheCall.TryGetValue(answer.Code, out var reason) ? $"Twilio refused the call ({answer.Code}): {reason}."
        : $"Twilio refused the call ({(answer.Code == 0 ? "no number given" : answer.Code)}): {answer.Message}";
}
