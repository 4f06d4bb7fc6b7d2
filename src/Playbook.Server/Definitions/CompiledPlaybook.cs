using Playbook.Engine.Definitions;

namespace Playbook.Server.Definitions;

/// <summary>A version of a playbook, ready to run, with its scripts by file name.</summary>
public sealed record CompiledPlaybook(PlaybookDefinition Definition, IReadOnlyDictionary<string, string> Scripts)
{
    private const string Fallback = "en";

    /// <summary>The script in the language asked for, else in English, else in none in particular; null where there is no such script.</summary>
    public string? Script(string name, string? language)
    {
        var stem = name.EndsWith(".sbn", StringComparison.Ordinal) ? name[..^4] : name;
        foreach (var file in new[] { $"{stem}.{language}.sbn", $"{stem}.{language?.Split('-')[0]}.sbn", $"{stem}.{Fallback}.sbn", $"{stem}.sbn" })
            if (Scripts.TryGetValue(file, out var text))
                return text;
        return null;
    }
}
