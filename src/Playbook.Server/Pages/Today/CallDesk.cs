using Microsoft.Extensions.Localization;
using Playbook.Sales.Sending;
using Playbook.Server.Pages.Shell;
using Playbook.Server.Plugins;
using Playbook.Server.Plugins.Settings;
using Playbook.Server.Sending;
using Playbook.Storage.Runs;
using Playbook.Storage.Sending;

namespace Playbook.Server.Pages.Today;

/// <summary>How a call stands that a provider makes.</summary>
public enum CallStage
{
    /// <summary>The provider has it; the rep's phone rings first.</summary>
    Calling,

    /// <summary>The contact's phone rings.</summary>
    Ringing,

    Answered,
    Ended,

    /// <summary>It did not come about.</summary>
    Failed,
}

/// <param name="Why">What it failed by, and what helps; null where it did not.</param>
public sealed record CallState(CallStage Stage, string? Why)
{
    public bool IsOver => Stage is CallStage.Ended or CallStage.Failed;
}

/// <summary>Has the telephone's provider make a step's call, and tells how it goes.</summary>
internal sealed class CallDesk(StepStarter starter, SendingLedger ledger, ChannelRegistry channels, ChannelSettings settings, TimeWords times, TodayWords words, IStringLocalizer<Texts> L)
{
    /// <summary>Whether a provider is set up that can make the call.</summary>
    public async Task<bool> CanCall(TaskItem task, CancellationToken cancellationToken = default)
    {
        if (task.Request is not { Channel: { } id } || task.Request.Details.GetValueOrDefault("canBegin") is not true || channels.Find(id) is null || channels.Describe(id) is not { } channel)
            return false;
        var given = (await settings.Read(id, cancellationToken)).Settings;
        return given is not null && channel.Settings.Any(field => field.Type == "secret" && given.GetValueOrDefault(field.Name) is { Length: > 0 });
    }

    /// <summary>Begins the call, once for each task: a second press tells how the first one goes.</summary>
    public async Task<CallState> Call(string taskId, Guid? repId, CancellationToken cancellationToken = default) => await starter.Begin(taskId, repId, cancellationToken) switch
    {
        StepStart.Begun => Look(taskId) ?? new(CallStage.Calling, null),
        StepStart.NotAllowed { Decision: SendingDecision.Block block } => new(CallStage.Failed, $"{block.Rule} {words.Cure(block.RuleId)}"),
        StepStart.NotAllowed { Decision: SendingDecision.Wait wait } => new(CallStage.Failed, L["Not before {0}: {1}", times.Short(wait.Until), wait.Rule]),
        StepStart.Refused refused => new(CallStage.Failed, refused.Reason),
        StepStart.Busy busy => new(CallStage.Failed, $"{busy.Reason} {L["Press again in {0} s.", Math.Max(1, (int)busy.After.TotalSeconds)]}"),
        StepStart.Unclear unclear => new(CallStage.Failed, unclear.Reason),
        StepStart.Impossible impossible => new(CallStage.Failed, impossible.Reason),
        _ => new(CallStage.Failed, L["The step is closed; nobody was called."]),
    };

    /// <summary>How a call goes that was begun; null where none was.</summary>
    public CallState? Look(string taskId)
    {
        CallState? state = null;
        foreach (var touch in ledger.TouchesOfMessage(taskId))
            state = touch switch
            {
                { Direction: TouchDirection.Out, Kind: TouchKind.Sent } => state ?? new(CallStage.Calling, null),
                { Kind: TouchKind.Failed or TouchKind.Bounced } => new(CallStage.Failed, touch.Text),
                { Kind: TouchKind.Delivered } when state is null or { Stage: CallStage.Calling } => new(CallStage.Ringing, null),
                { Kind: TouchKind.Answered, Text: "answered" } when state is not { IsOver: true } => new(CallStage.Answered, null),
                { Kind: TouchKind.Answered, Text: "completed" } => new(CallStage.Ended, null),
                { Kind: TouchKind.Answered, Text: { } end } when end != "answered" => new(CallStage.Failed, L["The call ended: {0}.", end]),
                _ => state,
            };
        return state;
    }
}
