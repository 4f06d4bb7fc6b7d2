using System.Text.Json;
using Playbook.Twilio;

namespace Playbook.Phone;

/// <summary>The number that contacts see.</summary>
internal static class CallerId
{
    /// <summary>Why it cannot be shown; empty where it can. A number of somebody else's may be shown once Twilio has verified it.</summary>
    public static async ValueTask<IReadOnlyList<string>> Problems(TwilioAccount account, string number, CancellationToken cancellationToken)
    {
        var problems = await TwilioNumber.Problems(account, number, "voice", "calls", cancellationToken);
        if (problems.Count == 0)
            return problems;
        var answer = await account.Get($"OutgoingCallerIds.json?PhoneNumber={Uri.EscapeDataString(number)}", cancellationToken);
        return answer.IsSuccess && answer.Body.TryGetProperty("outgoing_caller_ids", out var ids) && ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() > 0 ? [] : problems;
    }
}
