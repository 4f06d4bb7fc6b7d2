using System.Text.Json;
using Microsoft.JSInterop;
using Playbook.Abstractions;
using Playbook.Sales.Queue;
using Playbook.Server.Queue;
using Playbook.Server.Sending;

namespace Playbook.Server.Pages.Today;

/// <summary>Answering a step, moving it, and taking either back.</summary>
public abstract partial class TodayScreen
{
    /// <summary>
    /// The browser gives an answer with what stands in its form: "kept", "wrong" where the form is not right yet, or "gone".
    /// </summary>
    /// <param name="taskId">The task that it is about; not always the one that is shown.</param>
    /// <param name="key">Names the answer: given again after a lost connection, it counts once.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="values">What stands in the form.</param>
    /// <param name="isAgain">Whether the browser had kept it because the server did not answer.</param>
    [JSInvokable]
    public async Task<string> Give(string taskId, string key, string outcome, Dictionary<string, JsonElement> values, bool isAgain)
    {
        IsBusy = true;
        StateHasChanged();
        try
        {
            var fields = values.Where(value => value.Value.ValueKind is JsonValueKind.True || (value.Value.ValueKind == JsonValueKind.String && value.Value.GetString() is { Length: > 0 }))
                .ToDictionary(value => value.Key, value => value.Value.ValueKind == JsonValueKind.True ? true : (object?)value.Value.GetString());
            var written = Writing(fields);
            var result = await Answers.Hold(taskId, key, outcome, fields, Me, written);
            if (result is not HoldResult.Wrong)
                Tell(result, outcome, isAgain);
            switch (result)
            {
                case HoldResult.Wrong wrong when taskId == Chosen:
                    Form.Problems = wrong.Problems;
                    Form.IsSending = written is not null;
                    if (Form.Outcome is null && !Shown!.IsDiscovery && wrong.Problems.Keys.Any(name => !name.StartsWith("mail-", StringComparison.Ordinal)))
                        Form.Outcome = outcome;
                    _settle = "form";
                    return "wrong";
                case HoldResult.Wrong:
                    Notices.Warn(L["An answer that was kept on this machine is not complete: '{0}'. Open the task again; what was typed is still there.", outcome]);
                    return "wrong";
                default:
                    ReadHeld();
                    if (taskId == Chosen)
                        await GoOn();
                    return result is HoldResult.Kept ? "kept" : "gone";
            }
        }
        finally
        {
            IsBusy = false;
            StateHasChanged();
        }
    }

    /// <summary>Takes what was written out of what stands in the form; null where it is not to be sent.</summary>
    private static WrittenMessage? Writing(Dictionary<string, object?> fields)
    {
        var text = fields.GetValueOrDefault(WritingDesk.TextField) as string ?? "";
        var subject = fields.GetValueOrDefault(WritingDesk.SubjectField) as string;
        fields.Remove(WritingDesk.TextField);
        fields.Remove(WritingDesk.SubjectField);
        return fields.Remove("mail-send") ? new WrittenMessage(subject, text) : null;
    }

    /// <summary>The rep calls: the attempt counts from now on.</summary>
    [JSInvokable]
    public async Task BeginCall()
    {
        if (Chosen is { } chosen && Gone is null)
            await Desk.Begin(chosen);
    }

    private protected async Task Take(PanelAnswer answer)
    {
        Panel = PanelKind.None;
        if (answer.Kind == PanelKind.Reschedule)
        {
            Note(await Tasks.Reschedule([.. Plan!.Today.Select(item => item.Task.Id)], answer.Until!.Value, Me), count => count == 1 ? L["1 step put off."] : L["{0} steps put off.", count]);
            await GoOn();
            return;
        }

        if (Shown is not { } step)
            return;
        var who = Work.Find(step.Task.Id)?.Who ?? step.Task.Title;
        switch (answer.Kind)
        {
            case PanelKind.Snooze:
                Note(await Tasks.Snooze(step.Task.Id, answer.Until!.Value, Me, answer.Why), _ => L["{0} comes back {1}.", who, Times.Short(answer.Until.Value)]);
                break;
            case PanelKind.Skip:
                Note(await Tasks.Skip(step.Task.Id, Shelf.NextMorning(), Me, answer.Why!), _ => L["{0} is skipped until {1}.", who, Times.Short(Shelf.NextMorning())]);
                break;
            case PanelKind.Delegate:
                Note(await Tasks.Delegate(step.Task.Id, answer.Who!, Me, answer.Why), _ => L["{0} goes to {1}.", who, answer.Who!]);
                break;
            case PanelKind.Promise:
                if (await Promises.Make(step.Task.Id, answer.Why!, answer.Until!.Value, Me) is null)
                {
                    Notices.Warn(L["It could not be kept: the step is closed, or is about no contact. Write it down as a note."]);
                    return;
                }

                Notices.Tell(L["Kept: {0}, {1}. {2} comes first then.", answer.Why!, Times.Short(answer.Until.Value), who]);
                break;
            case PanelKind.Report:
                await Desk.Report(step, answer.Why!, Me);
                Notices.Tell(L["Reported. Whoever looks after the playbook sees it beside the step."]);
                _settle = "step";
                return;
        }

        await GoOn();
    }

    private protected async Task ClaimOrRelease()
    {
        if (Shown is not { } step)
            return;
        var who = Work.Find(step.Task.Id)?.Who ?? step.Task.Title;
        if (step.Task.Owner is null)
            Note(await Tasks.Claim(step.Task.Id, Me), _ => L["{0} is yours.", who]);
        else
            Note(await Tasks.Release(step.Task.Id, Me), _ => L["{0} is open for everybody in the role again.", who]);
        Plan = await Shelf.Load(Wanted, Me);
        var form = Form;
        await Show(step.Task.Id);
        Form = form;
    }

    private protected async Task SnoozeUntil(DateTimeOffset until)
    {
        if (Shown is not { } step)
            return;
        var who = Work.Find(step.Task.Id)?.Who ?? step.Task.Title;
        Note(await Tasks.Snooze(step.Task.Id, until, Me, null), _ => L["{0} comes back {1}.", who, Times.Short(until)]);
        await GoOn();
    }

    private protected async Task Undo(Undoable done)
    {
        Done.Remove(done);
        if (done.Answer is { } answer)
        {
            if (!await Answers.TakeBack(answer, Me))
                Notices.Warn(L["It was too late: the playbook had gone on already."]);
            Plan = await Shelf.Load(Wanted, Me);
            await Show(answer.TaskId);
            Form.Outcome = Shown?.Asks(answer.Outcome) == true && !Shown.IsDiscovery ? answer.Outcome : null;
            foreach (var (name, value) in answer.Fields)
                Form.Values[name] = value;
            if (answer.Written is { } written)
                (Form.IsSending, Form.Values[WritingDesk.SubjectField], Form.Values[WritingDesk.TextField]) = (true, written.Subject, written.Text);
            return;
        }

        var undone = await Tasks.Undo(done.Moves, Me);
        if (undone < done.Moves.Count)
            Notices.Warn(undone == 0 ? L["It could not be undone: somebody has changed it since."] : L["{0} of {1} were undone; the others have changed since.", undone, done.Moves.Count]);
        Plan = await Shelf.Load(Wanted, Me);
        await Show(done.Moves[0].TaskId);
    }

    private protected async Task DoNow(Undoable done)
    {
        if (done.Answer is { } answer && Book.Held(answer.TaskId) is { } held)
            await Answers.Take(held);
        Done.Remove(done);
        Plan = await Shelf.Load(Wanted, Me);
    }

    private protected void Dismiss(Undoable done) => Done.Remove(done);

    private async Task GoOn()
    {
        Plan = await Shelf.Load(Wanted, Me);
        await Show(Plan.Today.Count > 0 ? Plan.Today[0].Task.Id : null);
    }

    private void Note(IReadOnlyList<TaskMove> moves, Func<int, string> said)
    {
        if (moves.Count == 0)
            Notices.Warn(L["Somebody was faster: the task is no longer as it was. The list shows how it is now."]);
        else
            Done.Insert(0, new Undoable(said(moves.Count), null, moves));
    }

    private void Tell(HoldResult result, string outcome, bool isAgain)
    {
        switch (result)
        {
            case HoldResult.Kept when isAgain:
                Notices.Tell(L["'{0}', which was kept on this machine, is given now.", outcome]);
                break;
            case HoldResult.Taken { Before: var before }:
                Notices.Warn(before.By == Me ? L["You answered that already with '{0}'.", before.Outcome] : L["{0} has just answered that with '{1}'. Nothing of yours was stored.", before.By ?? L["Somebody"], before.Outcome]);
                break;
            // Given before the connection was lost, and heard since.
            case HoldResult.Closed { Task: var task } when isAgain && task.By == Me && task.Outcome == outcome:
                break;
            case HoldResult.Closed { Task: var task }:
                Notices.Warn(task.By is { } by ? L["{0} was faster: '{1}'. Nothing of yours was stored.", by, task.Outcome!] : L["The playbook went on without this task. Nothing of yours was stored."]);
                break;
            case HoldResult.Unknown:
                Notices.Warn(L["That task is gone. The list shows what is open now."]);
                break;
        }
    }
}
