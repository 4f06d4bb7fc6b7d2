using System.Net;
using Playbook.Abstractions;
using Playbook.Once;

namespace Playbook.Twilio;

/// <summary>What an answer to a POST means for the message that it was to make.</summary>
internal static class TwilioAttempt
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    // The queue of one sender or of the account is full; some come with HTTP 400.
    private static readonly int[] TooFast = [14107, 20429, 21611];

    /// <param name="refusal">What an error number means for this one message; null where it is a fault of the account.</param>
    public static Attempt Of(TwilioAnswer answer, Func<TwilioAnswer, string?> refusal)
    {
        if (answer.IsSuccess)
            return answer["sid"] is { Length: > 0 } sid
                ? new Attempt.Took(sid)
                : new Attempt.Unknown(new SendResult.TryLater(Later, $"{(int)answer.Status} came back without an id; whether it went is looked up before another attempt."));
        return answer.Status switch
        {
            _ when answer.Status == HttpStatusCode.TooManyRequests || TooFast.Contains(answer.Code) => new Attempt.TookNot(new SendResult.TryLater(answer.RetryAfter ?? Soon, $"Twilio asks to slow down: {answer.Message}")),
            // A gateway's error says nothing of what happened behind it.
            >= HttpStatusCode.InternalServerError => new Attempt.Unknown(new SendResult.TryLater(answer.RetryAfter ?? Later, $"Twilio has trouble (HTTP {(int)answer.Status}): {answer.Message}")),
            HttpStatusCode.RequestTimeout => new Attempt.Unknown(new SendResult.TryLater(answer.RetryAfter ?? Later, "Twilio gave up waiting for the request.")),
            HttpStatusCode.Unauthorized => new Attempt.Broken(TwilioAccount.Fault(answer)),
            _ => refusal(answer) is { } reason ? new Attempt.TookNot(new SendResult.Refused(reason)) : new Attempt.Broken(TwilioAccount.Fault(answer)),
        };
    }
}
