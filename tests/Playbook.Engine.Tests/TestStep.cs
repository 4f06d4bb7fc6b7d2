using Playbook.Abstractions;

namespace Playbook.Engine.Tests;

/// <summary>A plugin's activity that does as its input says, in each of the ways that one can.</summary>
internal sealed class TestStep : IActivity
{
    public const string Type = "Test.Step";

    /// <summary>What its input can say; <c>needs:x</c> beside these fails until the subject has the fact x.</summary>
    public static readonly string[] Ways = ["complete", "fail", "task", "escalate", "again", "message", "reply", "nothing", "both", "fail later"];

    public ActivityDescription Description { get; } = new(Type, "Test", "Step", "Does as it is told.")
    {
        Inputs = [new("Does", "String", "What to do."), new("Role", "String", "Who.") { References = "role" }],
        Outputs = [new("Result", "Object")],
        Outcomes = ["Done", "Again", "Late"],
    };

    public ActivityResult Execute(IActivityContext context)
    {
        var does = context.Input<string>("Does") ?? "complete";
        return does switch
        {
            "complete" => ActivityResult.Complete("Done"),
            "fail" => ActivityResult.Fail("It failed on purpose."),
            "throw" => throw new InvalidOperationException("It threw on purpose."),
            "nothing" => ActivityResult.Wait(),
            "task" or "again" => Ask(),
            "escalate" => ActivityResult.Wait(Bookmark.Task(), Bookmark.Until(context.Now.AddDays(1))) with { Effects = [new Effect.OpenTask("task", "closer", "Call")] },
            "message" => ActivityResult.Wait(Bookmark.Delivery()) with { Effects = [new Effect.SendMessage("message", "email", "hello")] },
            "post" => ActivityResult.Complete("Done") with { Effects = [new Effect.SendMessage("message", "email", "hello")] },
            "reply" => ActivityResult.Wait(Bookmark.Reply(), Bookmark.Until(context.Now.AddDays(3))),
            "patient" => ActivityResult.Wait(Bookmark.Reply()),
            "both" or "fail later" => ActivityResult.Wait(Bookmark.Task(), Bookmark.Signal("news")) with { Effects = [new Effect.OpenTask("task", "closer", "Call")] },
            _ when does.StartsWith("needs:", StringComparison.Ordinal) =>
                context.Subject.Facts.ContainsKey(does[6..]) ? ActivityResult.Complete("Done") : ActivityResult.Fail($"There is no {does[6..]}; add it."),
            _ => ActivityResult.Complete(does),
        };
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        var does = context.Input<string>("Does");
        return (does, stimulus) switch
        {
            ("fail later", _) => ActivityResult.Fail("It failed after its wait."),
            ("again", Stimulus.TaskCompleted { Outcome: "Again" }) => Ask(),
            ("escalate", Stimulus.Due) => new ActivityResult.Waiting([]) { Effects = [new Effect.EscalateTask("task", "manager")] },
            (_, Stimulus.TaskCompleted task) => ActivityResult.Complete(task.Outcome) with { Outputs = new Dictionary<string, object?> { ["Result"] = task.Outcome } },
            ("patient", Stimulus.AutoReplied) => ActivityResult.Wait(Bookmark.Reply()),
            (_, Stimulus.Due) => ActivityResult.Complete("Late"),
            (_, Stimulus.Rejected rejected) => ActivityResult.Fail(rejected.Reason),
            _ => ActivityResult.Complete("Done"),
        };
    }

    private static ActivityResult Ask() => ActivityResult.Wait(Bookmark.Task()) with { Effects = [new Effect.OpenTask("task", "closer", "Call")] };
}
