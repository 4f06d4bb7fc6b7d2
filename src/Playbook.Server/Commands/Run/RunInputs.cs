using System.Text.Json;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Server.Commands.Run;

/// <summary>Reads <c>--input name=value</c>: JSON where it is JSON, else text, then as the declared input wants it.</summary>
internal static class RunInputs
{
    /// <summary>Throws <see cref="FormatException"/> for what cannot be an input.</summary>
    public static Dictionary<string, object?> Read(IEnumerable<string> given, IReadOnlyList<InputDefinition> declared)
    {
        var inputs = new Dictionary<string, object?>();
        foreach (var text in given)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                throw new FormatException($"\"{text}\" is no input. Write it as name=value, for example --input customer=\"Ada Lovelace\".");
            var name = text[..at].Trim();
            if (!inputs.TryAdd(name, Value(name, text[(at + 1)..], declared.FirstOrDefault(i => i.Name == name))))
                throw new FormatException($"The input {name} is given twice. Give it once.");
        }

        return inputs;
    }

    private static object? Value(string name, string text, InputDefinition? declared)
    {
        if (declared is null)
            return Parse(text);
        var type = declared.IsArray ? declared.TypeName + "[]" : declared.TypeName;
        var value = Parse(text);
        // The letters that were typed, not what a number looks like after reading it: 007 and 1.0 stay what they are.
        if (!declared.IsArray && declared.TypeName is "String" or "string" && value is not string)
            value = text;
        if (value is not null && !ValueConversion.Fits(value, type))
            throw new FormatException($"The input {name} is to be {type}; \"{Shorten(text)}\" is none.");
        return ValueConversion.To(value, type);
    }

    private static object? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return RunValues.FromJson(json.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
