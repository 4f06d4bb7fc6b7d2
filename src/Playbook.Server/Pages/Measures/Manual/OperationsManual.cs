using Playbook.Sales.Recipes;

namespace Playbook.Server.Pages.Measures.Manual;

/// <summary>How this company sells, written down so that others can do it: what a new rep, or somebody who buys the company, reads.</summary>
/// <param name="Chapters">One for each published playbook, in the order of the phases.</param>
/// <param name="Roles">Who does what.</param>
/// <param name="Batons">Where work passes from one role to another.</param>
/// <param name="Metrics">What is measured, with what it should reach.</param>
/// <param name="LeftOut">Published playbooks that cannot be read, by name; a manual must not hide that it has holes.</param>
public sealed record OperationsManual(
    string Company, DateOnly MadeOn, IReadOnlyList<ManualChapter> Chapters, IReadOnlyList<ManualRole> Roles, IReadOnlyList<ManualBaton> Batons, IReadOnlyList<ManualMetric> Metrics, IReadOnlyList<string> LeftOut)
{
    /// <summary>Steps that a person does.</summary>
    public IEnumerable<RecipeStep> HumanSteps => Chapters.SelectMany(chapter => chapter.Recipe.Steps).Where(step => step.Who is not null);
}

/// <summary>A published playbook.</summary>
/// <param name="Scripts">Its words, by name with language.</param>
public sealed record ManualChapter(string Id, int Version, DateOnly? PublishedOn, string? PublishedBy, Recipe Recipe, IReadOnlyList<ManualScript> Scripts)
{
    /// <summary>"version 3, published 4 Mar 2035 by Karen Lund".</summary>
    public string VersionWords => $"version {Version}{(PublishedOn is { } on ? $", published {Charts.Figures.Day(on)}" : "")}{(PublishedBy is { } by ? $" by {by}" : "")}";
}

/// <summary>What is said or written; what stands in double braces is filled in for each contact.</summary>
public sealed record ManualScript(string Name, string Text);

/// <summary>A role with its steps.</summary>
public sealed record ManualRole(string Name, IReadOnlyList<(ManualChapter Chapter, RecipeStep Step)> Steps);

/// <summary>A hand-over.</summary>
/// <param name="Who">From which role, to which.</param>
public sealed record ManualBaton(ManualChapter Chapter, RecipeStep Step, string Who);

/// <summary>A metric as it stands in the catalogue.</summary>
public sealed record ManualMetric(string Name, string Kind, string Formula, string Target, string Owner);
