namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>What Elsa's clients must know of Elsa's own activities beyond what the engine needs.</summary>
internal static class ElsaShapes
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["Elsa.Event"] = "Trigger", ["Elsa.Timer"] = "Trigger", ["Elsa.Cron"] = "Trigger", ["Elsa.StartAt"] = "Trigger",
        ["Elsa.SendHttpRequest"] = "Task", ["Elsa.FlowSendHttpRequest"] = "Task", ["Elsa.ExecuteWorkflow"] = "Task", ["Elsa.BulkDispatchWorkflows"] = "Task",
    };

    private static readonly Dictionary<string, PortDescriptor[]> Embedded = new()
    {
        ["Elsa.Flowchart"] = [PortDescriptor.Embedded("Start", isBrowsable: false)],
        ["Elsa.Workflow"] = [PortDescriptor.Embedded("Root", isBrowsable: false)],
        ["Elsa.FlowNode"] = [PortDescriptor.Embedded("Body")],
        ["Elsa.For"] = [PortDescriptor.Embedded("Body")],
        ["Elsa.ForEach"] = [PortDescriptor.Embedded("Body")],
        ["Elsa.While"] = [PortDescriptor.Embedded("Body")],
        ["Elsa.ParallelForEach"] = [PortDescriptor.Embedded("Body")],
        ["Elsa.If"] = [PortDescriptor.Embedded("Then"), PortDescriptor.Embedded("Else")],
        ["Elsa.Switch"] = [PortDescriptor.Embedded("Default")],
        ["Elsa.SendHttpRequest"] = [PortDescriptor.Embedded("UnmatchedStatusCode"), PortDescriptor.Embedded("FailedToConnect"), PortDescriptor.Embedded("Timeout")],
        ["Elsa.BulkDispatchWorkflows"] = [PortDescriptor.Embedded("ChildCompleted"), PortDescriptor.Embedded("ChildFaulted")],
    };

    // The engine reads these from the activity itself, so they are no inputs to it; the designer must still offer them.
    private static readonly Dictionary<string, InputDescriptor> Structures = new()
    {
        ["Elsa.Switch"] = new(false, "switch-editor", "Cases", "Object", "Cases") { Description = "The cases: each with a label, a condition and an activity." },
        ["Elsa.FlowSwitch"] = new(false, "flow-switch-editor", "Cases", "Object", "Cases") { Description = "The cases: each with a label, which is a port, and a condition." },
    };

    // C# is known so that a definition with it can be opened; it is not run, so it is not offered.
    private static readonly HashSet<string> Hidden = ["Elsa.Flowchart", "Elsa.Sequence", "Elsa.Parallel", "Elsa.Workflow", "Elsa.NotFoundActivity", "Elsa.RunCSharp"];

    public static string Kind(string type) => Kinds.GetValueOrDefault(type, "Action");

    public static IReadOnlyList<PortDescriptor> EmbeddedPorts(string type) => Embedded.GetValueOrDefault(type, []);

    public static InputDescriptor? Structure(string type) => Structures.GetValueOrDefault(type);

    public static bool IsBrowsable(string type) => !Hidden.Contains(type);

    public static bool IsContainer(string type) => type is "Elsa.Flowchart" or "Elsa.Sequence" or "Elsa.Parallel";
}
