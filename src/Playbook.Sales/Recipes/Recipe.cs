namespace Playbook.Sales.Recipes;

/// <summary>A playbook as numbered plain text, for somebody who does it the first time.</summary>
/// <param name="Ingredients">What has to be at hand before one begins.</param>
public sealed record Recipe(string Name, string Description, string? Phase, string? Goal, IReadOnlyList<Ingredient> Ingredients, IReadOnlyList<RecipeStep> Steps);

/// <summary>What is needed: a kind, and what of it.</summary>
public sealed record Ingredient(string Kind, IReadOnlyList<string> Items);

/// <summary>One numbered step.</summary>
/// <param name="ActivityId">Where it stands on the canvas.</param>
/// <param name="Title">What is to be done, in a few words.</param>
/// <param name="Who">The role that does it; null where it happens by itself.</param>
/// <param name="Script">The name of the words to say or write; null for none.</param>
/// <param name="Lines">How, in sentences.</param>
/// <param name="DoneWhen">When it counts as done; null where that is plain.</param>
/// <param name="Ways">How it goes on; empty where the next step simply follows.</param>
public sealed record RecipeStep(
    int Number, string ActivityId, string Title, string? Who, string? Script, IReadOnlyList<string> Lines, string? DoneWhen, IReadOnlyList<RecipeWay> Ways);

/// <summary>How it goes on.</summary>
/// <param name="If">The condition, "if they answer"; null where there is none.</param>
/// <param name="Then">What follows: "go to step 7", "the playbook ends: renewed".</param>
/// <param name="Step">The step that follows; null for an end.</param>
public sealed record RecipeWay(string? If, string Then, int? Step)
{
    public override string ToString() => If is null ? $"{char.ToUpperInvariant(Then[0])}{Then[1..]}." : $"{char.ToUpperInvariant(If[0])}{If[1..]}: {Then}.";
}
