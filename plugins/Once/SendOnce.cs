using Playbook.Abstractions;

namespace Playbook.Once;

/// <summary>What a provider said to one attempt: a closed set.</summary>
internal abstract record Attempt
{
    /// <summary>It has the message.</summary>
    public sealed record Took(string ProviderId) : Attempt;

    /// <summary>It surely has not; <paramref name="Result"/> is what to say to the host.</summary>
    public sealed record TookNot(SendResult Result) : Attempt;

    /// <summary>It surely has not, because of a fault of the channel itself (sign-in, an address that is wrong).</summary>
    public sealed record Broken(HttpRequestException Fault) : Attempt;

    /// <summary>It may have it: the next attempt looks first.</summary>
    public sealed record Unknown(SendResult Result) : Attempt;
}

/// <summary>The order in which a message goes out at most once, whatever breaks in between.</summary>
internal sealed class SendOnce(KeyJournal journal, TimeProvider clock)
{
    private readonly KeyGates _gates = new();

    /// <param name="gate">What <paramref name="find"/> looks by: two messages that could be taken for each other go one after the other.</param>
    /// <param name="text">What is handed over, as <paramref name="find"/> may see it again.</param>
    /// <param name="refusal">Why the message can never go; null where it can.</param>
    /// <param name="find">Looks for a message that may have gone; null where the provider has none.</param>
    /// <param name="attempt">Hands it to the provider.</param>
    public async ValueTask<SendResult> Send(
        OutgoingMessage message,
        Permit permit,
        string gate,
        string text,
        Func<string?> refusal,
        Func<KeyEntry, CancellationToken, ValueTask<string?>> find,
        Func<CancellationToken, ValueTask<Attempt>> attempt,
        CancellationToken cancellationToken)
    {
        var key = message.IdempotencyKey;
        using var passage = await _gates.Enter(gate, cancellationToken);
        // Before the permit: what went is gone, and saying anything else after a crash would be untrue.
        if (journal.Find(key) is { } known)
        {
            if ((known.ProviderId ?? await find(known, cancellationToken)) is { } id)
            {
                journal.Accept(key, id);
                return new SendResult.Accepted(id);
            }

            // A report that names the key can have come in meanwhile.
            if (journal.Find(key)?.ProviderId is { } reported)
                return new SendResult.Accepted(reported);
        }

        if (permit.IdempotencyKey != key)
            return new SendResult.Refused("The permit is for another message; this is a fault in Playbook, please report it.");
        if (permit.ValidUntil < clock.GetUtcNow())
            return new SendResult.TryLater(TimeSpan.Zero, "The permit ran out before the message was handed over; another is asked for.");
        if (refusal() is { } reason)
            return new SendResult.Refused(reason);
        journal.Mean(key, text);
        switch (await Try(key, attempt, cancellationToken))
        {
            case Attempt.Took took:
                journal.Accept(key, took.ProviderId);
                return new SendResult.Accepted(took.ProviderId);
            case Attempt.TookNot no:
                journal.Withdraw(key);
                return no.Result;
            case Attempt.Broken broken:
                journal.Withdraw(key);
                throw broken.Fault;
            case Attempt.Unknown maybe:
                return maybe.Result;
            case var other:
                throw new InvalidOperationException($"An attempt ended as {other.GetType().Name}, which nobody reads.");
        }
    }

    private async ValueTask<Attempt> Try(string key, Func<CancellationToken, ValueTask<Attempt>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt(cancellationToken);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            journal.Withdraw(key); // nothing was said yet
            throw;
        }
    }
}
