using System.Collections.Concurrent;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Sending;
using Playbook.Storage.Sending;

namespace Playbook.Server.Workers;

/// <summary>Does one effect and tells the run what came of it.</summary>
public sealed class OutboxWork(RunHost host, InternalEffects effects, MessageSender messages, HttpCaller calls)
{
    private static readonly TimeSpan WorkIsLookedAtEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan PausedRunIsLookedAtEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StoppedRunIsLookedAtEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, string> _requested = new(StringComparer.Ordinal);

    /// <summary>Throws where it failed and is to be tried again later.</summary>
    /// <param name="item">What to do.</param>
    /// <param name="abort">The program ends and cannot wait any longer.</param>
    public async Task<Attempt> Do(OutboxItem item, CancellationToken abort)
    {
        if (await effects.Do(item, CancellationToken.None))
            return Attempt.Done.Now;
        var state = await host.Store.Get(item.RunId, CancellationToken.None);
        if (state is null || !IsWanted(item, state))
            return await Done(item, """{"state":"withdrawn"}""");
        var now = host.Clock.GetUtcNow();
        if (state.SubStatus == RunSubStatus.Faulted && item.BookmarkId is not null)
            return new Attempt.Wait(now + StoppedRunIsLookedAtEvery, "The run stands at an incident; it goes on when somebody has repaired that.");
        if (state.Pause is not null)
            return new Attempt.Wait(now + PausedRunIsLookedAtEvery, "The run is paused; it goes out when somebody has resumed it.");
        switch (item.Effect)
        {
            case Effect.SendMessage message:
                return await messages.Send(item, message, state, abort);
            case Effect.CallHttp call:
                await Answer(item, await calls.Call(call, item.Id));
                return Attempt.Done.Now;
            case Effect.RequestWork:
                _requested[item.BookmarkId ?? item.Id] = item.Id;
                return new Attempt.Wait(now + WorkIsLookedAtEvery, "Waits for the program that does the work to complete it.");
            default:
                // Facts are in the journal already: there is nothing to do in the world.
                return await Done(item, null);
        }
    }

    /// <summary>Takes the result of work that was handed to a program; false where nobody waits for it any more.</summary>
    public async Task<bool> Complete(Guid runId, string bookmarkId, object? result, CancellationToken cancellationToken)
    {
        var done = _requested.TryGetValue(bookmarkId, out var id) ? new OutboxDone(id, null) : null;
        var taken = await host.Take(runId, new Stimulus.Answered(result) { BookmarkId = bookmarkId }, done, cancellationToken) is not null;
        _requested.TryRemove(bookmarkId, out _);
        return taken;
    }

    private static bool IsWanted(OutboxItem item, RunState state) =>
        item.BookmarkId is null ? state.SubStatus != RunSubStatus.Cancelled : state.Bookmarks.Exists(b => b.Id == item.BookmarkId);

    private async Task Answer(OutboxItem item, IReadOnlyDictionary<string, object?> answer)
    {
        var done = new OutboxDone(item.Id, null);
        if (item.BookmarkId is null)
            await host.Store.Commit([], [done]);
        else
            await host.Take(item.RunId, new Stimulus.Answered(answer) { BookmarkId = item.BookmarkId }, done);
    }

    private async Task<Attempt> Done(OutboxItem item, string? result)
    {
        await host.Store.Commit([], [item.Effect is Effect.SendMessage ? new MessageDone(item.Id, result) : new OutboxDone(item.Id, result)]);
        return Attempt.Done.Now;
    }
}
