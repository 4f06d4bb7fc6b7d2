using System.Collections.Frozen;

namespace Playbook.Engine.Runs;

/// <summary>Texts that nearly every run holds, written as one number. Append only: stored runs refer to the positions.</summary>
internal static class WellKnownTexts
{
    private static readonly string[] Texts =
    [
        "", "Done", "root", "task", "due", "reply", "message", "run", "answer", "escalate", "expire",
        "Elsa.Flowchart", "Elsa.Sequence", "Elsa.Start", "Elsa.End", "Elsa.Finish", "Elsa.If", "Elsa.Switch", "Elsa.FlowDecision",
        "Elsa.FlowSwitch", "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.For", "Elsa.ForEach", "Elsa.While", "Elsa.Parallel",
        "Elsa.ParallelForEach", "Elsa.SetVariable", "Elsa.WriteLine", "Elsa.Delay", "Elsa.Event", "Elsa.RunJavaScript",
        "Playbook.GuidedStep", "Playbook.SendMessage", "Playbook.WaitForReply", "Playbook.Qualify", "Playbook.HandOver",
        "Playbook.SetPhase", "Playbook.Experiment", "Playbook.BookAppointment", "Playbook.StartPlaybook", "Playbook.WaitUntil",
        "Playbook.Goal", "contact", "opportunity", "account", "rep", "id", "name", "first_name", "last_name", "email", "phone",
        "language", "country", "time_zone", "CurrentValue", "CurrentIndex", "String", "Int32", "Boolean", "Object", "True", "False",
        "Sent", "Failed", "Replied", "No reply", "Expired", "Qualified", "Accepted",
    ];

    private static readonly FrozenDictionary<string, int> Positions = Texts.Select((text, i) => KeyValuePair.Create(text, i)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Room for texts to come, so that positions of a run's own texts never move.</summary>
    public static int Count => 1000;

    public static int IndexOf(string text) => Positions.TryGetValue(text, out var index) ? index : -1;

    public static string At(int index) => index < Texts.Length ? Texts[index] : throw new InvalidDataException("The run was written by a newer Playbook; update this one.");
}
