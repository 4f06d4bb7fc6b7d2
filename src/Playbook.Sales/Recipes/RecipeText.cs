using System.Text;

namespace Playbook.Sales.Recipes;

/// <summary>A recipe as plain text, to copy, to mail, to print.</summary>
public static class RecipeText
{
    private const int Width = 100;

    public static string Write(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var text = new StringBuilder();
        text.Append(recipe.Name.ToUpperInvariant()).Append('\n');
        Wrap(text, recipe.Description, "");
        if (recipe.Goal is { } goal)
            Wrap(text, $"Goal: {goal}", "");
        if (recipe.Ingredients.Count > 0)
            text.Append("\nINGREDIENTS\n");
        foreach (var ingredient in recipe.Ingredients)
        {
            text.Append(ingredient.Kind).Append(":\n");
            foreach (var item in ingredient.Items)
                Wrap(text, "- " + item, "    ", first: "  ");
        }

        text.Append("\nSTEPS\n");
        foreach (var step in recipe.Steps)
        {
            text.Append('\n');
            Wrap(text, $"{step.Number}. {step.Title}{(step.Who is null ? "" : $" ({step.Who})")}", "    ", first: "");
            foreach (var line in step.Lines)
                Wrap(text, line, "    ");
            if (step.Script is { } script)
                Wrap(text, $"Script: {script}.", "    ");
            if (step.DoneWhen is { } done)
                Wrap(text, $"Done when: {done}.", "    ");
            foreach (var way in step.Ways)
                Wrap(text, $"→ {way}", "      ", first: "    ");
        }

        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string line, string indent, string? first = null)
    {
        if (line.Length == 0)
            return;
        var at = 0;
        var begin = true;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!begin && at + 1 + word.Length > Width)
            {
                text.Append('\n');
                at = 0;
            }

            var lead = at > 0 ? " " : begin ? first ?? indent : indent;
            text.Append(lead).Append(word);
            at += lead.Length + word.Length;
            begin = false;
        }

        text.Append('\n');
    }
}
