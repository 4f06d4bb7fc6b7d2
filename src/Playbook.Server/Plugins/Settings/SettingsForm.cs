using System.Globalization;
using System.Text.RegularExpressions;
using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Settings;

/// <summary>What somebody filled in, against the settings that a channel has.</summary>
internal static class SettingsForm
{
    /// <summary>The names of the settings that are required and missing.</summary>
    public static IReadOnlyList<FormField> Missing(ChannelDescription description, IReadOnlyDictionary<string, string> settings) =>
        [.. description.Settings.Where(setting => setting is { Required: true, RequiredFor.Count: 0 } && string.IsNullOrWhiteSpace(settings.GetValueOrDefault(setting.Name) ?? setting.Default))];

    /// <summary>The settings as the channel gets them: what was written, else where each begins.</summary>
    public static IReadOnlyDictionary<string, string> WithDefaults(ChannelDescription description, IReadOnlyDictionary<string, string> settings)
    {
        var whole = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach (var setting in description.Settings)
            if (setting.Default is { } value)
                whole.TryAdd(setting.Name, value);
        return whole;
    }

    /// <summary>
    /// What is kept after a form was sent: a secret left empty stays as it was, and any other setting left empty goes. Sentences
    /// where something does not fit.
    /// </summary>
    public static (IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string[]> Problems) Merge(
        ChannelDescription description, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string?> sent)
    {
        var settings = new Dictionary<string, string>(before, StringComparer.Ordinal);
        var problems = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (name, value) in sent)
        {
            if (description.Settings.FirstOrDefault(setting => setting.Name == name) is not { } setting)
                problems[name] = [$"There is no setting '{name}'; there are {string.Join(", ", description.Settings.Select(known => known.Name))}."];
            else if (string.IsNullOrEmpty(value))
            {
                // Null takes even a secret away; empty is what a form sends that never got to see it.
                if (setting.Type != "secret" || value is null)
                    settings.Remove(name);
            }
            else if (Problem(setting, value) is { } problem)
                problems[name] = [problem];
            else
                settings[name] = value;
        }

        return (settings, problems);
    }

    private static string? Problem(FormField setting, string value) => setting.Type switch
    {
        "number" when !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => $"{setting.Label}: '{value}' is no number.",
        "number" when decimal.Parse(value, CultureInfo.InvariantCulture) < setting.Min => $"{setting.Label}: at least {setting.Min}.",
        "number" when decimal.Parse(value, CultureInfo.InvariantCulture) > setting.Max => $"{setting.Label}: at most {setting.Max}.",
        "checkbox" when value is not ("true" or "false") => $"{setting.Label}: write true or false.",
        "choice" when !setting.Options.Contains(value) => $"{setting.Label}: choose from {string.Join(", ", setting.Options)}.",
        _ when setting.Pattern is { } pattern && !Matches(pattern, value) => $"{setting.Label}: that is not written as it should be.{(setting.Help is { } help ? " " + help : "")}",
        _ => null,
    };

    private static bool Matches(string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (Exception fault) when (fault is ArgumentException or RegexMatchTimeoutException)
        {
            // The author's mistake; the contract suite finds it. Nobody should be kept out by it.
            return true;
        }
    }
}
