using Playbook.Abstractions;

namespace Playbook.Server.Plugins;

/// <summary>
/// What a plugin says of itself, in lists of our own: even the list types that its compiler makes would hold its code in the
/// process after it was let go.
/// </summary>
internal static class DescriptionCopy
{
    public static ChannelDescription Of(ChannelDescription description) => description with
    {
        Actions = [.. description.Actions.Select(Of)],
        Settings = [.. description.Settings.Select(Of)],
    };

    private static ChannelAction Of(ChannelAction action) => action with
    {
        Inputs = [.. action.Inputs.Select(Of)],
        Outcomes = [.. action.Outcomes],
        AttemptOutcomes = [.. action.AttemptOutcomes],
        Fields = [.. action.Fields.Select(Of)],
    };

    private static InputDescription Of(InputDescription input) => input with { Options = [.. input.Options], Default = Plain(input.Default) };

    private static FormField Of(FormField field) => field with { Options = [.. field.Options], RequiredFor = [.. field.RequiredFor] };

    // What is not a plain value is as good as its text.
    private static object? Plain(object? value) => value switch
    {
        null or string or bool or int or long or double or decimal or TimeSpan or DateTimeOffset => value,
        IEnumerable<string> names => names.ToList(),
        _ => value.ToString(),
    };
}
