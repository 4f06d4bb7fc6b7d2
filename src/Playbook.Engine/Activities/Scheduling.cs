using Cronos;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>Waits for a point in time; the kinds differ only in how they find it. At the start of a run as its trigger, it is there already.</summary>
internal sealed class WaitForTime(ActivityDescription description, Func<Turn, ActivityExecution, DateTimeOffset?> when) : ActivityBehavior
{
    public override ActivityDescription Description { get; } = description;

    public override void Execute(Turn turn, ActivityExecution self)
    {
        if (turn.IsTriggeredBy(self) || when(turn, self) is not { } at)
        {
            turn.Complete(self);
            return;
        }

        turn.Wait(self, Bookmark.Until(at));
    }
}

internal static class Scheduling
{
    public static IEnumerable<ActivityBehavior> All { get; } =
    [
        new WaitForTime(Described("Elsa.Delay", "Delay", "Delay execution for the specified amount of time.", new InputDescription("TimeSpan", "TimeSpan", "How long to wait.") { Default = "00:01:00" }),
            (turn, self) => turn.Now + turn.Input<TimeSpan>(self, 0)),
        new WaitForTime(Described("Elsa.StartAt", "Start at", "Trigger execution at a specific time in the future.", new InputDescription("DateTime", "DateTimeOffset", "When.") { Editor = "datetime-picker" }),
            (turn, self) => turn.Input<DateTimeOffset>(self, 0) is var at && at > turn.Now ? at : null),
        new WaitForTime(Described("Elsa.Timer", "Timer", "Trigger workflow execution at a specific interval.", new InputDescription("Interval", "TimeSpan", "The interval.") { Default = "00:01:00" }),
            (turn, self) => turn.Now + turn.Input<TimeSpan>(self, 0)),
        new WaitForTime(Described("Elsa.Cron", "Cron", "Trigger workflow execution at a specific interval using a CRON expression.", new InputDescription("CronExpression", "String", "The CRON expression, in UTC.")),
            (turn, self) => Next(turn.Input<string>(self, 0), turn.Now)),
    ];

    private static ActivityDescription Described(string type, string displayName, string text, InputDescription input) =>
        new(type, "Scheduling", displayName, text) { Inputs = [input], Waits = true, TimeLimitInput = input.Name };

    private static DateTimeOffset Next(string? expression, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(expression))
            throw new InvalidOperationException("The CRON expression is empty; give one such as '0 9 * * 1-5'.");
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (!CronExpression.TryParse(expression, fields > 5 ? CronFormat.IncludeSeconds : CronFormat.Standard, out var cron))
            throw new InvalidOperationException($"'{expression}' is not a CRON expression; write one such as '0 9 * * 1-5'.");
        return cron.GetNextOccurrence(now.UtcDateTime) is { } next ? new DateTimeOffset(next, TimeSpan.Zero) : throw new InvalidOperationException($"The CRON expression '{expression}' never comes again.");
    }
}
