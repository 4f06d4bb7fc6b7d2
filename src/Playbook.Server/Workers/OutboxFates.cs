using System.Globalization;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Plugins;
using Playbook.Server.Sending;
using Playbook.Storage.Sending;

namespace Playbook.Server.Workers;

/// <summary>
/// Says what becomes of an effect after an attempt: it waits, is tried again, or is given up. What is given up stays in the
/// outbox under its own id and becomes an incident of its run, where a person has it tried again or skips it.
/// </summary>
public sealed class OutboxFates(RunHost host, ChannelRegistry channels, ILogger<OutboxFates> log)
{
    private const string Withdrawn = """{"state":"withdrawn"}""";
    private static readonly TimeSpan ShortestBusy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBusy = TimeSpan.FromDays(1);

    public async Task Settle(OutboxItem item, Attempt attempt)
    {
        switch (attempt)
        {
            case Attempt.Wait wait:
                await host.Store.Defer(item, wait.Until, wait.Reason);
                break;
            case Attempt.Busy busy:
                await PutOff(item, busy);
                break;
        }
    }

    /// <summary>Counts a failed attempt.</summary>
    public async Task Fail(OutboxItem item, Exception fault)
    {
        var now = host.Clock.GetUtcNow();
        var failed = item with { Faults = item.Faults + 1, FailingSince = item.FailingSince ?? now };
        if (fault is ChannelGivenUpException || Retries.IsOver(failed, now))
        {
            log.LogWarning("{Effect} of run {Run} failed {Faults} times and is given up: {Why}", item.Effect.GetType().Name, item.RunId, failed.Faults, fault.Message);
            await GiveUp(failed, fault.Message);
            return;
        }

        var after = Retries.After(item.Id, failed.Faults);
        log.LogWarning(fault, "{Effect} of run {Run} failed and is tried again in {After}", item.Effect.GetType().Name, item.RunId, after);
        await host.Store.Defer(failed, now + after, fault.Message);
    }

    private async Task PutOff(OutboxItem item, Attempt.Busy busy)
    {
        var now = host.Clock.GetUtcNow();
        var since = item.FailingSince ?? now;
        if (now - since >= Retries.LongestTrying)
            await GiveUp(item with { FailingSince = since }, busy.Reason);
        else
            await host.Store.Defer(item with { FailingSince = since }, now + Clamp(busy.After), busy.Reason);
    }

    private async Task GiveUp(OutboxItem item, string why)
    {
        var givenUp = new Stimulus.GivenUp(item.Id, item.ActivityId, Words(item, why)) { BookmarkId = item.BookmarkId };
        if (await host.Take(item.RunId, givenUp) is null)
            await host.Store.Commit([], [item.Effect is Effect.SendMessage ? new MessageDone(item.Id, Withdrawn) : new OutboxDone(item.Id, null)]);
    }

    private string Words(OutboxItem item, string why)
    {
        var tries = item.Faults > 1 ? string.Create(CultureInfo.InvariantCulture, $"in {item.Faults} attempts since {item.FailingSince:yyyy-MM-dd HH:mm} UTC") : string.Create(CultureInfo.InvariantCulture, $"since {item.FailingSince:yyyy-MM-dd HH:mm} UTC");
        return item.Effect is Effect.SendMessage message
            ? $"{channels.Describe(message.Channel)?.DisplayName ?? message.Channel} did not take the message {tries}: {Sentence(why)} Put that right, then try it again: it goes under the same key, so that nobody gets it twice. Or skip it."
            : $"This could not be done {tries}: {Sentence(why)} Put that right, then try it again, or skip it.";
    }

    private static string Sentence(string why) => why.Length > 0 && why[^1] is '.' or '!' or '?' ? why : why + ".";

    private static TimeSpan Clamp(TimeSpan after) => after < ShortestBusy ? ShortestBusy : after > LongestBusy ? LongestBusy : after;
}
