namespace Playbook.Engine.Activities;

/// <summary>Elsa's built-in activities.</summary>
public static class BuiltInActivities
{
    public static IReadOnlyList<ActivityBehavior> All { get; } =
    [
        new FlowchartActivity(),
        new SequenceActivity(),
        new ParallelActivity(),
        new WrapperActivity("Elsa.Workflow", "Workflows", "Workflow", "root"),
        new WrapperActivity("Elsa.FlowNode", "Flow", "Container", "body"),
        new MarkerActivity("Elsa.Start", "Start", "Marks the start of a flowchart.", isTerminal: false),
        new MarkerActivity("Elsa.End", "End", "Marks the end of a flowchart.", isTerminal: true),
        new FinishActivity(),
        new CompleteActivity(),
        new BreakActivity(),
        new FaultActivity(),
        new NotFoundActivity(),
        new IfActivity(),
        new SwitchActivity(),
        new FlowDecisionActivity(),
        new FlowSwitchActivity(),
        new FlowForkActivity(),
        new FlowJoinActivity(),
        new ForActivity(),
        new ForEachActivity(),
        new WhileActivity(),
        new ParallelForEachActivity(),
        new SetVariableActivity(),
        new SetNameActivity(),
        new SetOutputActivity(),
        new CorrelateActivity(),
        new WriteLineActivity(),
        new RunJavaScriptActivity(),
        new RunCSharpActivity(),
        .. Scheduling.All,
        new EventActivity(),
        new PublishEventActivity(),
        new RunTaskActivity(),
        new StartWorkflowActivity("Elsa.DispatchWorkflow", "Dispatch Workflow", "Create a new workflow instance of the specified workflow and dispatch it for execution.", reportsStatus: false),
        new StartWorkflowActivity("Elsa.ExecuteWorkflow", "Execute Workflow", "Create a new workflow instance of the specified workflow and execute it.", reportsStatus: true),
        new BulkDispatchActivity(),
        new HttpRequestActivity("Elsa.SendHttpRequest", "HTTP Request", isFlow: false),
        new HttpRequestActivity("Elsa.FlowSendHttpRequest", "HTTP Request (flow)", isFlow: true),
    ];
}
