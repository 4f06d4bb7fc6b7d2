using System.Globalization;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions.Checks;

/// <summary>Types, inputs and what they refer to.</summary>
internal static class InputChecks
{
    private static readonly HashSet<string> Structure = new(StringComparer.Ordinal)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "activities", "connections", "variables", "start",
        "body", "then", "else", "cases", "default", "root", "canStartWorkflow", "runAsynchronously", "synthetic", "kind",
        "_type", "resultVariable", "joinMode", "identity", "publication", "inputs", "outputs", "outcomes", "options", "workflowMetadata",
        "workflowDefinitionId", "workflowDefinitionVersionId", "latestAvailablePublishedVersion", "latestAvailablePublishedVersionId",
        "unmatchedStatusCode", "failedToConnect", "timeout", "childCompleted", "childFaulted", "startNewTrace", "channelName",
        "enableResiliency", "disableAuthorizationHeaderValidation", "correlationIdFunction",
    };

    public static void Check(CheckContext context, IReadOnlyCollection<string> types)
    {
        foreach (var node in context.Definition.Nodes)
        {
            if (node.Description is not { } description)
            {
                var cure = node.Type.StartsWith("Playbook.", StringComparison.Ordinal) ? "correct the name or install the plugin that brings it" : "use one of the known types or install the plugin that brings it";
                context.Error(DiagnosticCodes.UnknownActivityType, node, ".type", $"There is no activity type '{node.Type}': {cure}.", DidYouMean.Suggest(node.Type, types));
                continue;
            }

            if (node.Type == "Elsa.RunCSharp")
                context.Error(DiagnosticCodes.ExpressionNotRun, node, ".type", $"'{node.Id}' runs C#, which is not run here; write it as Elsa.RunJavaScript.");
            foreach (var binding in node.Inputs)
                CheckInput(context, node, binding);
            CheckUnknownMembers(context, node, description);
            if (node.Type == "Elsa.SetVariable")
                CheckVariable(context, node);
        }
    }

    private static string Member(InputDescription input) => "." + JsonRead.CamelCase(input.Name);

    private static void CheckInput(CheckContext context, ActivityNode node, InputBinding binding)
    {
        var input = binding.Input;
        var isSet = binding.Expression is not null || input.SelfEvaluated && binding.Raw is not null;
        if (!isSet)
        {
            if (input.Required && input.References != "role")
                context.Error(DiagnosticCodes.MissingInput, node, Member(input), $"'{node.Id}' needs a value for {input.DisplayName ?? input.Name}: {input.Text}");
            return;
        }

        if (binding.Expression is { IsLiteral: true } literal)
        {
            if (!string.IsNullOrEmpty(literal.Text) && input.Type is not "Object" && !ValueConversion.Fits(literal.Value ?? literal.Text, input.Type))
                context.Error(DiagnosticCodes.WrongInputType, node, Member(input), $"{input.DisplayName ?? input.Name} of '{node.Id}' is '{Short(literal.Text)}', which is no {Said(input.Type)}.");
            else if (input.Options.Count > 0 && !string.IsNullOrEmpty(literal.Text) && !input.Options.Contains(literal.Text, StringComparer.OrdinalIgnoreCase) && !int.TryParse(literal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                context.Error(DiagnosticCodes.WrongInputType, node, Member(input), $"{input.DisplayName ?? input.Name} of '{node.Id}' is '{Short(literal.Text)}'; it can be {string.Join(", ", input.Options)}.", DidYouMean.Suggest(literal.Text, input.Options));
            else
                CheckReference(context, node, input, literal.Text);
        }

        if (binding.Expression is { } expression)
            ExpressionChecks.Check(context, node, Member(input), node.Type == "Elsa.RunJavaScript" && input.Name == "Script" && expression.IsLiteral ? new Expression("JavaScript", expression.Text) : expression);
    }

    private static void CheckReference(CheckContext context, ActivityNode node, InputDescription input, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return;
        var (code, what, names) = input.References switch
        {
            "script" => (DiagnosticCodes.ScriptNotFound, "script", context.Known.Scripts?.Keys.Select(ScriptNames.WithoutLanguage).ToHashSet()),
            "role" => (DiagnosticCodes.UnknownReference, "role", context.Known.Roles),
            "channel" => (DiagnosticCodes.UnknownReference, "channel", context.Known.Channels),
            "playbook" => (DiagnosticCodes.UnknownReference, "playbook", context.Known.Playbooks),
            _ => ("", "", (IReadOnlySet<string>?)null),
        };
        if (names is not null && !names.Contains(name))
            context.Error(code, node, Member(input), $"There is no {what} '{name}' for '{node.Id}'{(what == "script" ? $": write scripts/{name}.en.sbn beside the playbook" : "")}.", DidYouMean.Suggest(name, names));
    }

    private static void CheckUnknownMembers(CheckContext context, ActivityNode node, ActivityDescription description)
    {
        var known = description.Inputs.Select(i => JsonRead.CamelCase(i.Name)).Concat(description.Outputs.Select(o => JsonRead.CamelCase(o.Name))).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, value) in node.Json)
            if (value is JsonObject wrapped && wrapped.ContainsKey("expression") && !known.Contains(key) && !Structure.Contains(key))
                context.Warn(DiagnosticCodes.UnknownInput, node, "." + key, $"'{node.Id}' has a value for '{key}', which {description.DisplayName} does not take; it is kept and ignored.", DidYouMean.Suggest(key, known));
    }

    private static void CheckVariable(CheckContext context, ActivityNode node)
    {
        var id = node.Json["variable"] is JsonObject variable ? JsonRead.Text(variable["id"]) : null;
        var visible = context.VariablesAt(node);
        if (id is null || !visible.Contains(id))
            context.Error(DiagnosticCodes.UnknownVariable, node, ".variable", id is null ? $"'{node.Id}' sets no variable; choose one." : $"There is no variable '{id}' for '{node.Id}' to set.", id is null ? null : DidYouMean.Suggest(id, visible));
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "…";

    private static string Said(string type) => type switch
    {
        "Int32" or "Int64" => "whole number",
        "Double" or "Decimal" => "number",
        "Boolean" => "yes or no (true, false)",
        "TimeSpan" => "duration (write 2 days as 2.00:00:00)",
        "DateTimeOffset" or "DateTime" => "date and time",
        _ => type,
    };
}
