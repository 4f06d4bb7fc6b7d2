using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>What guided and sending actions of channels have in common.</summary>
internal static class ChannelActions
{
    /// <summary><c>my-fax</c> and <c>Send</c> make <c>Playbook.MyFax.Send</c>.</summary>
    public static string TypeOf(string channel, string action)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var name = string.Concat(channel.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return $"Playbook.{name}.{action}";
    }

    public static ActivityDescription Describe(ChannelDescription channel, ChannelAction action, string category, string color) =>
        new(TypeOf(channel.Id, action.Name), category, action.DisplayName, action.Text)
        {
            Icon = channel.Icon,
            Color = channel.Color ?? color,
        };

    /// <summary>The action's own inputs as they are set; those that are unset are left out.</summary>
    public static IReadOnlyDictionary<string, object?> Read(IActivityContext context, ChannelAction action, StepInputs inputs)
    {
        var values = new Dictionary<string, object?>();
        foreach (var input in action.Inputs)
        {
            object? value = input.Type switch
            {
                "TimeSpan" => inputs.Duration(input.Name),
                "DateTimeOffset" => inputs.Moment(input.Name),
                _ => context.Input<object>(input.Name),
            };
            if (value is not null and not "")
                values[input.Name] = value;
            else if (input.Required)
                inputs.Problem(input.Name, "is missing", input.Text.Length == 0 ? "set it" : input.Text.TrimEnd('.'));
        }

        return values;
    }
}
