using Playbook.Engine.Definitions;
using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer;

/// <summary>What the panels around the canvas share: the playbook under the designer's hands, and ways to the canvas and the page.</summary>
public sealed class DesignerContext(string definitionId, IDesignerPage page)
{
    public string DefinitionId => definitionId;

    /// <summary>The latest version, a draft or published; replaced as a whole when it changes.</summary>
    public required DesignerState State { get; set; }

    public DefinitionVersion Latest => State.Latest;

    /// <summary>What the checks say of <see cref="Latest"/>.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => State.Diagnostics;

    /// <summary>Who is designing; null as long as nobody has said it.</summary>
    public string? UserName { get; set; }

    /// <summary>The name under which changes are stored.</summary>
    public string By => string.IsNullOrWhiteSpace(UserName) ? "designer" : UserName;

    /// <summary>What the scenarios say; null until they have run. Set it with <see cref="ShowScenarios"/>.</summary>
    public ScenarioTally? Scenarios { get; private set; }

    /// <summary>A new state has come, from the canvas, a panel or another person. Raised on the circuit's own thread.</summary>
    public event Action? Changed;

    /// <summary>Reads the playbook again. Call it after storing something; changes made elsewhere come by themselves.</summary>
    public Task Reload() => page.Reload();

    /// <summary>Selects the activity in the canvas and brings it into sight.</summary>
    public Task SelectActivity(string activityId) => page.SelectActivity(activityId, isAsked: true);

    /// <summary>The same, where nobody asked for it: a canvas that is not there is no news then.</summary>
    public Task FollowActivity(string activityId) => page.SelectActivity(activityId, isAsked: false);

    /// <summary>Has the canvas read the document again, after it was changed outside of the canvas.</summary>
    public Task ReloadCanvas() => page.ReloadCanvas();

    /// <summary>Brings a tab to the front.</summary>
    public Task ShowTab(DesignerTab tab) => page.ShowTab(tab);

    /// <summary>Tells what was done, with a way back where there is one.</summary>
    public void Tell(string done, Func<Task>? undo = null) => page.Tell(done, undo);

    public void ShowScenarios(ScenarioTally? tally)
    {
        Scenarios = tally;
        page.Refresh();
    }

    /// <summary>For the page: takes over a new state.</summary>
    public void Update(DesignerState state)
    {
        State = state;
        Changed?.Invoke();
    }
}

/// <summary>The page as its panels use it; the second implementation is a test's.</summary>
public interface IDesignerPage
{
    Task Reload();
    Task SelectActivity(string activityId, bool isAsked);
    Task ReloadCanvas();
    Task ShowTab(DesignerTab tab);
    void Tell(string done, Func<Task>? undo);
    void Refresh();
}

/// <summary>A playbook at one moment.</summary>
/// <param name="Latest">The draft, or the published version where there is no draft.</param>
/// <param name="Published">What new runs take; null where nothing is published.</param>
/// <param name="Diagnostics">What the checks say of the latest version.</param>
/// <param name="Running">Runs under way, in all versions.</param>
public sealed record DesignerState(DefinitionVersion Latest, DefinitionVersion? Published, IReadOnlyList<Diagnostic> Diagnostics, long Running)
{
    /// <summary>The latest version compiled; null where it does not compile.</summary>
    public CompiledPlaybook? Playbook { get; init; }

    public bool IsDraft => Latest.PublishedAt is null;
    public int Errors => Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
    public int Warnings => Diagnostics.Count - Errors;
}

/// <summary>How many of the playbook's scenarios pass.</summary>
/// <param name="IsRunning">They run again, and these are the results of the last time.</param>
public sealed record ScenarioTally(int Passed, int Total, bool IsRunning = false);

/// <summary>The places of the designer: the canvas counts on narrow screens only.</summary>
public enum DesignerTab
{
    Canvas,
    Problems,
    Scripts,
    Recipe,
    Scenarios,
    TryIt,
    History,
    Publish,
}
