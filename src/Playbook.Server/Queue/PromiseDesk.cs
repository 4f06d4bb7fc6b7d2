using Playbook.Sales.Queue;
using Playbook.Storage.Queue;

namespace Playbook.Server.Queue;

/// <summary>Makes and settles what reps promise to contacts.</summary>
public sealed class PromiseDesk(PromiseBook book, OpenWork work, TimeProvider clock)
{
    /// <summary>Null where the task is closed, or about no contact.</summary>
    /// <param name="taskId">The step in which it was promised; it waits for the promise.</param>
    /// <param name="text">What was promised.</param>
    /// <param name="at">When it is to be kept, UTC.</param>
    /// <param name="by">Who promised it.</param>
    public async Task<Promise?> Make(string taskId, string text, DateTimeOffset at, string by)
    {
        if (work.Find(taskId) is not { ContactId: { } contact })
            return null;
        var now = clock.GetUtcNow();
        var promise = new Promise { Id = Guid.CreateVersion7(now), ContactId = contact, TaskId = taskId, Text = text, At = at, MadeAt = now, By = by };
        await book.Make(promise);
        work.Tell([taskId]);
        return promise;
    }

    /// <summary>False where it was settled before.</summary>
    /// <param name="promise">Which one.</param>
    /// <param name="isKept">False where the contact does not expect it any more.</param>
    /// <param name="by">Who says so.</param>
    public async Task<bool> Settle(Promise promise, bool isKept, string by)
    {
        ArgumentNullException.ThrowIfNull(promise);
        var isNew = await book.Settle(promise, isKept, by, clock.GetUtcNow());
        work.Tell(promise.TaskId is { } task ? [task] : []);
        return isNew;
    }
}
