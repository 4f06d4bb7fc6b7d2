using Playbook.Engine.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Definitions;

/// <summary>A version of a playbook, ready to run.</summary>
/// <param name="Scripts">The texts of its scripts, by name with language: <c>intro-mail.da</c>.</param>
public sealed record CompiledPlaybook(PlaybookDefinition Definition, IReadOnlyDictionary<string, string> Scripts)
{
    public const string ScriptEnding = ".sbn";

    /// <summary>The scripts among the texts of a version, by name with language.</summary>
    public static IReadOnlyDictionary<string, string> ScriptsIn(IEnumerable<ContentText> texts) => texts
        .Where(text => text.Kind == DefinitionTextKind.Script)
        .ToDictionary(text => NameOf(text.Name), text => text.Text, StringComparer.Ordinal);

    /// <summary>The script in the language asked for, or the nearest that there is; null where there is no such script.</summary>
    public string? Script(string name, string? language) =>
        ScriptNames.Find(Scripts, NameOf(name), language);

    private static string NameOf(string file) => file.EndsWith(ScriptEnding, StringComparison.Ordinal) ? file[..^ScriptEnding.Length] : file;
}
