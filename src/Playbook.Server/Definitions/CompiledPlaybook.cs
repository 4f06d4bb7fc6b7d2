using Playbook.Engine.Definitions;

namespace Playbook.Server.Definitions;

/// <summary>A version of a playbook, ready to run.</summary>
/// <param name="Scripts">The texts of its scripts, by name with language: <c>intro-mail.da</c>.</param>
public sealed record CompiledPlaybook(PlaybookDefinition Definition, IReadOnlyDictionary<string, string> Scripts)
{
    public const string ScriptEnding = ".sbn";

    /// <summary>The script in the language asked for, or the nearest that there is; null where there is no such script.</summary>
    public string? Script(string name, string? language) =>
        ScriptNames.Find(Scripts, name.EndsWith(ScriptEnding, StringComparison.Ordinal) ? name[..^ScriptEnding.Length] : name, language);
}
