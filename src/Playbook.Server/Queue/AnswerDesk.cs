using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Activities;
using Playbook.Sales.Queue;
using Playbook.Sales.Sending;
using Playbook.Server.Api.Tasks;
using Playbook.Server.Sending;
using Playbook.Server.Workers;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Queue;

/// <summary>
/// Takes answers that a rep gives on a page. Each is kept on disk for half a minute and only then given to the run, so that
/// taking it back undoes nothing: nothing had happened. What was kept before a crash is taken after it.
/// </summary>
public sealed class AnswerDesk(RunHost host, RunTasks tasks, QueueBook book, OpenWork work, PolicyDesk policy, WritingDesk writing, Wakeups wakeups)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>An answer came too late: nobody stored it, and its rep must hear so.</summary>
    public event Action<HeldAnswer, string>? CameLate;

    /// <param name="taskId">The task.</param>
    /// <param name="key">Made by the screen: given twice with the same key, the answer is kept once.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="fields">What was written down.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="written">The message that goes out with it; null where none is to go.</param>
    public async Task<HoldResult> Hold(string taskId, string key, string outcome, IReadOnlyDictionary<string, object?> fields, string? by, WrittenMessage? written = null)
    {
        if (tasks.Get(taskId) is not { } task)
            return new HoldResult.Unknown();
        if (task.State != TaskState.Open)
            return new HoldResult.Closed(task);
        var wrong = new Dictionary<string, string>(FormCheck.Problems(task.Request, outcome, fields), StringComparer.Ordinal);
        if (written is not null)
            foreach (var (field, problem) in await writing.Problems(task, written))
                wrong[field] = problem;
        if (wrong.Count > 0)
            return new HoldResult.Wrong(wrong);
        var now = host.Clock.GetUtcNow();
        var answer = new HeldAnswer(taskId, key, outcome, fields, by, now, HeldAnswer.TakenAt(now, (await host.Store.Get(task.RunId))?.NextDueAt)) { Written = written };
        if (!await book.Hold(answer))
            return book.Held(taskId) is { } before ? new HoldResult.Taken(before) : await Hold(taskId, key, outcome, fields, by, written);
        work.Tell([taskId]);
        wakeups.Answers.Ring();
        return new HoldResult.Kept(book.Held(taskId) ?? answer);
    }

    /// <summary>False where the run has heard it already.</summary>
    public async Task<bool> TakeBack(HeldAnswer answer, string? by)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!await book.TakeBack(answer, by, host.Clock.GetUtcNow()))
            return false;
        work.Tell([answer.TaskId]);
        return true;
    }

    /// <summary>
    /// Gives what is due to the runs; returns how many answers that settled. One that fails is tried again later and keeps no other
    /// waiting; when all had their turn, the failures are thrown together.
    /// </summary>
    public async Task<int> TakeDue()
    {
        var settled = 0;
        List<Exception> faults = [];
        foreach (var answer in book.Held())
        {
            if (answer.TakeAt > host.Clock.GetUtcNow())
                continue;
            try
            {
                settled += await Take(answer) ? 1 : 0;
            }
            catch (Exception fault)
            {
                faults.Add(fault);
                await book.Postpone(answer, host.Clock.GetUtcNow() + TryAgainAfter, $"The playbook could not take it: {fault.Message} It is tried again.");
            }
        }

        return faults.Count == 0 ? settled : throw new AggregateException("Held answers could not be given to their runs; they are kept and tried again.", faults);
    }

    /// <summary>When the next one is to be taken; null where none is held.</summary>
    public DateTimeOffset? NextAt => book.Held().FirstOrDefault(answer => answer.Trouble is null)?.TakeAt;

    /// <summary>Gives an answer to its run now. False where the run cannot hear it yet.</summary>
    public async Task<bool> Take(HeldAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        // What has come since, such as an opt-out, stops the message while its words are still the rep's.
        if (answer.Written is not null && tasks.Get(answer.TaskId) is { State: TaskState.Open } && await policy.Look(answer.TaskId) is SendingDecision.Block block)
        {
            await book.Postpone(answer, host.Clock.GetUtcNow() + TryAgainAfter, $"It is not sent: {block.Rule} Take it back to keep the text.");
            work.Tell([answer.TaskId]);
            return false;
        }

        switch (await TaskAnswer.Give(answer.TaskId, answer.Outcome, answer.Fields, answer.By, tasks, host, answer.Written))
        {
            case TaskAnswer.Taken:
            // A crash came between the run's turn and the removal of the answer: it was ours.
            case TaskAnswer.Closed { Task: { State: TaskState.Completed } task } when task.Outcome == answer.Outcome && task.By == answer.By:
                await policy.Done(answer.TaskId);
                await book.Heard(answer);
                break;
            case TaskAnswer.Stopped stopped:
                await book.Postpone(answer, host.Clock.GetUtcNow() + TryAgainAfter, $"{stopped.Why} Your answer is taken then.");
                return false;
            case TaskAnswer.Closed { Task: { State: TaskState.Completed } task }:
                await Late(answer, $"{task.By ?? "Somebody"} was faster with '{task.Outcome}'.");
                break;
            case TaskAnswer.Closed:
                await Late(answer, "The playbook went on without this task.");
                break;
            case TaskAnswer.Wrong wrong:
                await Late(answer, string.Join(" ", wrong.Problems.Values));
                break;
            default:
                await Late(answer, "The task is gone.");
                break;
        }

        work.Tell([answer.TaskId]);
        return true;
    }

    private async Task Late(HeldAnswer answer, string why)
    {
        var kept = answer.Written is { } written ? $"{why} What was written: {written.Text}" : why;
        if (await book.Late(answer, kept, host.Clock.GetUtcNow()))
            CameLate?.Invoke(answer, why);
    }
}
