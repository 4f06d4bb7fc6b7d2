using System.Collections.Concurrent;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Server.Workers;

/// <summary>Does one effect and tells the run what came of it.</summary>
public sealed class OutboxWork(RunHost host, InternalEffects effects, MessageSender messages, HttpCaller calls)
{
    private static readonly TimeSpan WorkIsLookedAtEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, string> _requested = new(StringComparer.Ordinal);

    /// <summary>Throws where it is to be tried again later.</summary>
    public async Task Do(OutboxItem item)
    {
        if (await effects.Do(item))
            return;
        var state = await host.Store.Get(item.RunId);
        if (state is null || !IsWanted(item, state))
        {
            await Done(item, """{"state":"withdrawn"}""");
            return;
        }

        if (state.SubStatus == RunSubStatus.Faulted && item.BookmarkId is not null)
            throw new RunStoppedException("The run stands at an incident; it goes on when somebody has repaired that.");
        switch (item.Effect)
        {
            case Effect.SendMessage message:
                await messages.Send(item, message, state);
                break;
            case Effect.CallHttp call:
                await Answer(item, await calls.Call(call, item.Id));
                break;
            case Effect.RequestWork:
                _requested[item.BookmarkId ?? item.Id] = item.Id;
                await host.Store.Defer(item.Id, host.Clock.GetUtcNow() + WorkIsLookedAtEvery, "Waits for the program that does the work to complete it.");
                break;
            default:
                // Facts are in the journal already: there is nothing to do in the world.
                await Done(item, null);
                break;
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

    private ValueTask Done(OutboxItem item, string? result) => host.Store.Commit([], [new OutboxDone(item.Id, result)]);
}
