using System.Net;
using System.Text.Json;

namespace Playbook.Twilio;

/// <summary>A number that the account is said to own.</summary>
internal static class TwilioNumber
{
    /// <summary>Why the number cannot be used; empty where it can, or where the provider does not tell.</summary>
    /// <param name="capability">Such as <c>sms</c>, as it stands in the answer.</param>
    public static async ValueTask<IReadOnlyList<string>> Problems(TwilioAccount account, string number, string capability, string what, CancellationToken cancellationToken)
    {
        var answer = await account.Get($"IncomingPhoneNumbers.json?PhoneNumber={Uri.EscapeDataString(number)}", cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
            return []; // a compatible provider that has no such list
        if (!answer.IsSuccess)
            return [TwilioAccount.Fault(answer).Message];
        if (answer.Body.ValueKind != JsonValueKind.Object || !answer.Body.TryGetProperty("incoming_phone_numbers", out var numbers) || numbers.ValueKind != JsonValueKind.Array)
            return [];
        if (numbers.GetArrayLength() == 0)
            return [$"{number} is not a number of this account; choose one from the console's list of active numbers, or buy it there."];
        return numbers.EnumerateArray().All(one => one.TryGetProperty("capabilities", out var can) && can.TryGetProperty(capability, out var able) && able.ValueKind == JsonValueKind.False)
            ? [$"{number} carries no {what}; choose a number of the account that does."]
            : [];
    }
}
