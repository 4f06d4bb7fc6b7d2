using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>The steps that a sales playbook is drawn with, in the order of the palette.</summary>
public static class SalesActivities
{
    public static IReadOnlyList<IActivity> All { get; } =
    [
        new GuidedStep(),
        new SendMessage(),
        new WaitForReply(),
        new BookAppointment(),
        new Qualify(),
        new HandOver(),
        new SetPhase(),
        new Experiment(),
        new Goal(),
        new WaitUntil(),
        new StartPlaybook(),
    ];
}
