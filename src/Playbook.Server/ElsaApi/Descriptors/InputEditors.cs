using Playbook.Abstractions;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>Which editor an input gets, and what that editor must be told.</summary>
internal static class InputEditors
{
    /// <summary>The key by which Elsa Studio asks for the options again each time the activity is selected.</summary>
    public const string Refresh = "Refresh";

    public static InputDescriptor Describe(ActivityDescription activity, InputDescription input, int index, PaletteChoices choices)
    {
        var isWrapped = !(input.SelfEvaluated && input.Editor is "variable-picker" or "http-status-codes");
        return new InputDescriptor(isWrapped, Editor(input), input.Name, ListName(input.Type), input.DisplayName ?? Words.Spaced(input.Name))
        {
            Description = input.Text.Length == 0 ? null : input.Text,
            DefaultValue = input.Default switch
            {
                TimeSpan time => time.ToString("c"),
                var other => other,
            },
            DefaultSyntax = Syntax(activity, input),
            AutoEvaluate = !input.SelfEvaluated,
            UiSpecifications = Specifications(activity, input, choices),
            // Studio sorts by it, and Elsa's own activities stand in the order of their code.
            Order = activity.Type.StartsWith("Elsa.", StringComparison.Ordinal) ? 0 : index,
        };
    }

    public static IReadOnlyDictionary<string, object> Specifications(ActivityDescription activity, InputDescription input, PaletteChoices choices)
    {
        var specifications = new Dictionary<string, object>();
        switch (Editor(input))
        {
            case "dropdown":
                var items = choices.For(input.References) ?? [.. input.Options.Select(Choice.Of)];
                // An input that may stay unset can be unset again.
                if (!input.Required && input.Default is null && items.Count > 0)
                    items = [new("", ""), .. items];
                if (items.Count > 0 || input.References is not null)
                    specifications["dropdown"] = new { selectList = new { items } };
                if (input.References == "script")
                    specifications[Refresh] = true;
                break;
            case "checklist":
                specifications["checklist"] = new { checkList = new { items = input.Options.Select(Choice.Of), isFlagsEnum = false } };
                break;
            case "radiolist":
                specifications["radiolist"] = new { radioList = new { items = input.Options.Select(Choice.Of), isFlagsEnum = false } };
                break;
            case "code-editor":
                specifications["code-editor"] = new { language = Syntax(activity, input) is { } syntax ? ExpressionDescriptors.LanguageOf(syntax) : "javascript" };
                break;
            case "json-editor":
                specifications["code-editor"] = new { language = "json" };
                break;
            case "dynamic-outcomes" when activity.OutcomesFrom == input.Name && activity.Outcomes.Count > 0 && !IsDoneOnly(activity):
                specifications["DynamicOutcomesOptions"] = new { fixedOutcomes = activity.Outcomes };
                break;
        }

        return specifications;
    }

    /// <summary>Whether the only port is the one that every activity has where it names none.</summary>
    public static bool IsDoneOnly(ActivityDescription activity) => activity.Outcomes is ["Done"];

    // A condition is mostly an expression, so it gets the line that Elsa gives it; any other yes or no is ticked.
    private static string Editor(InputDescription input) =>
        input is { Editor: "singleline", Type: "Boolean", Name: not "Condition" } ? "checkbox" : input.Editor;

    // In a code editor Studio writes plain text unless it is told the language of the expression.
    private static string? Syntax(ActivityDescription activity, InputDescription input) => input.Editor switch
    {
        "outcome-picker" => "Object",
        "code-editor" when activity.Type == "Elsa.RunCSharp" => "CSharp",
        "code-editor" when input.References == "script" => "Scriban",
        "code-editor" => "JavaScript",
        _ => null,
    };

    private static string ListName(string type) => type.EndsWith("[]", StringComparison.Ordinal) ? $"List<{type[..^2]}>" : type;
}
