namespace Playbook.Engine.Definitions;

/// <summary>How scripts are named beside a playbook: <c>first-call.en</c> is the English text of <c>first-call</c>.</summary>
public static class ScriptNames
{
    public const string Fallback = "en";

    /// <summary>The script's name as activities give it.</summary>
    public static string WithoutLanguage(string name) => name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;

    /// <summary>The text in a language, else in English, else without a language, else in any; null where there is none.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> scripts, string name, string? language)
    {
        if (!string.IsNullOrEmpty(language) && scripts.TryGetValue($"{name}.{language}", out var text))
            return text;
        if (scripts.TryGetValue($"{name}.{Fallback}", out text) || scripts.TryGetValue(name, out text))
            return text;
        return scripts.Where(s => WithoutLanguage(s.Key) == name).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value).FirstOrDefault();
    }
}
