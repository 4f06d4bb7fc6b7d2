using Playbook.Abstractions;

namespace Playbook.Engine.Definitions.Checks;

/// <summary>Steps that people do, and waits: who owns them and when they end.</summary>
internal static class StepChecks
{
    public static void Check(CheckContext context)
    {
        foreach (var node in context.Definition.Nodes)
        {
            if (node.Description is not { } description)
                continue;
            if (description.IsHumanStep)
                CheckRole(context, node, description);
            else if (description.Waits && !HasTimeLimit(node, description))
                context.Warn(DiagnosticCodes.WaitWithoutLimit, node, "", $"'{node.Id}' can wait for ever: {(description.TimeLimitInput is { } input ? $"set {input}" : "put a Delay beside it and join them with WaitAny")}.");
        }
    }

    private static void CheckRole(CheckContext context, ActivityNode node, ActivityDescription description)
    {
        foreach (var input in description.Inputs)
        {
            if (input.References != "role" || !input.Required)
                continue;
            var binding = node.Inputs.First(b => b.Input == input);
            if (binding.Expression is null || binding.Expression.IsLiteral && string.IsNullOrWhiteSpace(binding.Expression.Text))
                context.Error(DiagnosticCodes.NoRole, node, "." + JsonRead.CamelCase(input.Name), $"Nobody does '{node.Id}': give it to a role.");
        }
    }

    private static bool HasTimeLimit(ActivityNode node, ActivityDescription description) =>
        description.TimeLimitInput is { } limit && node.Inputs.FirstOrDefault(b => b.Input.Name == limit) is { } binding
        && (binding.Expression is { } expression ? !string.IsNullOrWhiteSpace(expression.Text) : binding.Input.Default is not null);
}
