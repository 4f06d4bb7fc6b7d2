namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>
/// The strategies that the settings of a definition offer. Their type names are Elsa's, because definitions carry them;
/// here they are names and nothing more.
/// </summary>
internal static class Strategies
{
    public static IReadOnlyList<StorageDriver> StorageDrivers { get; } =
    [
        new("Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", "Workflow Instance", 5, false),
        new("Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core", "Memory", 0, false),
        new("Elsa.Workflows.Services.WorkflowStorageDriver, Elsa.Workflows.Core", "Workflow", -1, true),
    ];

    public static IReadOnlyList<Strategy> Activation { get; } =
    [
        new("Always", "Every start makes a run.", "Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core"),
        new("Correlated singleton", "No new run while one of this definition with the same correlation id is under way.", "Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Runtime"),
        new("Correlation", "No new run while any with the same correlation id is under way.", "Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Runtime"),
        new("Singleton", "No new run while one of this definition is under way.", "Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime"),
    ];

    public static IReadOnlyList<Strategy> Incidents { get; } =
    [
        new("Continue with incidents", "A fault is an incident; what does not depend on it goes on.", "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core"),
        new("Fault", "A fault ends the run.", "Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core"),
    ];

    public static IReadOnlyList<Strategy> LogPersistence { get; } =
    [
        .. ((string[])["Configuration", "Exclude", "Include", "Inherit"]).Select(name => new Strategy(name, "", $"Elsa.Workflows.LogPersistence.Strategies.{name}, Elsa.Workflows.Core")),
    ];

    public static IReadOnlyList<CommitStrategy> WorkflowCommits { get; } =
    [
        new("WorkflowExecuting", "Commit Before Workflow Execution", "Elsa: before the workflow runs. Here every turn is committed whole."),
        new("WorkflowExecuted", "Commit After Workflow Execution", "Elsa: after the workflow ran. Here every turn is committed whole."),
        new("ActivityExecuting", "Commit Before Activity Execution", "Elsa: before each activity. Here every turn is committed whole."),
        new("ActivityExecuted", "Commit After Activity Execution", "Elsa: after each activity. Here every turn is committed whole."),
    ];

    public static IReadOnlyList<CommitStrategy> ActivityCommits { get; } =
    [
        new("CommitAlways", "Commit Before And After", "Elsa: before and after the activity. Here every turn is committed whole."),
        new("CommitNever", "Commit Later", "Elsa: not for this activity. Here every turn is committed whole."),
        new("Executing", "Commit Before", "Elsa: before the activity. Here every turn is committed whole."),
        new("Executed", "Commit After", "Elsa: after the activity. Here every turn is committed whole."),
    ];
}

internal sealed record Strategy(string DisplayName, string Description, string TypeName);

internal sealed record CommitStrategy(string Name, string DisplayName, string Description);

internal sealed record StorageDriver(string TypeName, string DisplayName, double Priority, bool Deprecated);
