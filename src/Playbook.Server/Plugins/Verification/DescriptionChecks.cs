using System.Text.RegularExpressions;
using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>What the channel says of itself, before it is opened.</summary>
internal static partial class DescriptionChecks
{
    private static readonly string[] InputTypes = ["String", "Boolean", "Int32", "Int64", "Double", "Decimal", "TimeSpan", "DateTimeOffset", "Object", "String[]"];

    // What every action has already; see ChannelAction.Inputs.
    private static readonly string[] SendingInputs = ["Script", "WaitForDelivery", "AnswerWithin"];
    private static readonly string[] GuidedInputs = ["Role", "Title", "Script", "DoneWhen", "Category", "Due", "EscalateAfter", "EscalateTo", "ExpireAfter", "BusinessHours", "TryAgainAfter"];

    public static IReadOnlyList<ChannelCheck> All { get; } =
    [
        new("Its description names it well", bench => Names(bench.Description)),
        new("Its actions can become steps in the designer", bench => Actions(bench.Description)),
    ];

    private static Task<string?> Names(ChannelDescription description)
    {
        CheckBench.Need(Id().IsMatch(description.Id), $"The id '{description.Id}' is not made of lower-case letters, digits and '-'.");
        CheckBench.Need(!string.IsNullOrWhiteSpace(description.DisplayName), "It has no display name.");
        CheckBench.Need(!string.IsNullOrWhiteSpace(description.Text), "It has no sentence (Text) that says what it is.");
        CheckBench.Need(description.Color is null || Color().IsMatch(description.Color), $"The colour '{description.Color}' is not #RRGGBB.");
        return Task.FromResult<string?>(null);
    }

    private static Task<string?> Actions(ChannelDescription description)
    {
        if (description.Actions.Count == 0)
            throw CheckEndedException.NotConcerned("It has no actions of its own; messages go over it by Playbook.SendMessage.");
        Twice("action", description.Actions.Select(action => action.Name));
        foreach (var action in description.Actions)
        {
            CheckBench.Need(Pascal().IsMatch(action.Name), $"The action '{action.Name}' is not written in PascalCase.");
            CheckBench.Need(!string.IsNullOrWhiteSpace(action.DisplayName), $"The action {action.Name} has no display name.");
            CheckBench.Need(!action.IsGuided || action.Outcomes.Count > 0, $"The guided action {action.Name} has no outcomes, so nobody could answer it.");
            Twice($"outcome of {action.Name}", action.Outcomes.Concat(action.IsGuided ? ["Expired"] : ["Sent", "Failed"]));
            CheckBench.Need(action.Outcomes.All(outcome => !string.IsNullOrWhiteSpace(outcome)), $"The action {action.Name} has an outcome without a name.");
            CheckBench.Need(action.AttemptOutcomes.All(action.Outcomes.Contains), $"The action {action.Name} counts outcomes as attempts that it does not have: {string.Join(", ", action.AttemptOutcomes.Except(action.Outcomes))}.");
            Inputs(action);
            FieldSoundness.Need(action.Fields, $"{action.Name}'s field", allowSecret: false, action.Outcomes);
        }

        return Task.FromResult<string?>(null);
    }

    private static void Inputs(ChannelAction action)
    {
        Twice($"input of {action.Name}", action.Inputs.Select(input => input.Name));
        foreach (var input in action.Inputs)
        {
            CheckBench.Need(Pascal().IsMatch(input.Name), $"The input '{input.Name}' of {action.Name} is not written in PascalCase.");
            CheckBench.Need(InputTypes.Contains(input.Type), $"The input {input.Name} of {action.Name} is of type '{input.Type}'; there are {string.Join(", ", InputTypes)}.");
            CheckBench.Need(!(action.IsGuided ? GuidedInputs : SendingInputs).Contains(input.Name), $"The action {action.Name} declares {input.Name}, which every such action has already.");
        }
    }

    private static void Twice(string kind, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw CheckEndedException.Failed($"The {kind} '{twice.Key}' is there twice.");
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$", RegexOptions.None, 1000)]
    private static partial Regex Color();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$", RegexOptions.None, 1000)]
    private static partial Regex Pascal();
}
