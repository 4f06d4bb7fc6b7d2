using System.Text;
using Playbook.Engine.Definitions;

namespace Playbook.Server.Commands.Validate;

/// <summary>A playbook as it lies on disk: the definition's file and, where it is a folder, the texts beside it.</summary>
/// <param name="Name">The slug, or the file's name.</param>
/// <param name="File">The definition's file.</param>
/// <param name="Scripts">By file name without extension; null for a definition that stands alone.</param>
/// <param name="Scenarios">By file name.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed record PlaybookFolder(string Name, string File, IReadOnlyDictionary<string, string>? Scripts, IReadOnlyDictionary<string, string> Scenarios, IReadOnlyList<Diagnostic> Problems)
{
    private const string Document = "playbook.json";
    private const int MaxTextBytes = 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The playbooks that a path names, and the names of all that stand with them. Throws <see cref="IOException"/> where there is none.</summary>
    public static (IReadOnlyList<PlaybookFolder> Found, IReadOnlySet<string> Neighbours) Find(string path)
    {
        if (System.IO.File.Exists(path) && Path.GetFileName(path) != Document)
            return ([new(Path.GetFileName(path), path, null, new Dictionary<string, string>(), [])], new HashSet<string>());
        var folder = System.IO.File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : Path.GetFullPath(path);
        if (!Directory.Exists(folder))
            throw new IOException($"There is no file or folder {path}. Check the path.");
        var isOne = System.IO.File.Exists(Path.Combine(folder, Document));
        var above = isOne ? Path.GetDirectoryName(folder) ?? folder : folder;
        var all = Directory.EnumerateDirectories(above).Where(f => System.IO.File.Exists(Path.Combine(f, Document))).Order(StringComparer.Ordinal).ToList();
        var chosen = isOne ? [folder] : all;
        return chosen.Count > 0
            ? ([.. chosen.Select(Read)], all.Select(f => Path.GetFileName(f)).ToHashSet(StringComparer.Ordinal))
            : throw new IOException($"There is no playbook in {path}: a playbook is a folder with a {Document}.");
    }

    private static PlaybookFolder Read(string folder)
    {
        var problems = new List<Diagnostic>();
        return new(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            Path.Combine(folder, Document),
            Texts(folder, "scripts", ".sbn", problems).ToDictionary(t => t.Key[..^4], t => t.Value),
            Texts(folder, "scenarios", ".json", problems),
            problems);
    }

    private static Dictionary<string, string> Texts(string folder, string part, string extension, List<Diagnostic> problems)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var below = Path.Combine(folder, part);
        if (!Directory.Exists(below))
            return texts;
        foreach (var file in Directory.EnumerateFiles(below, "*" + extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(below, file).Replace(Path.DirectorySeparatorChar, '/');
            try
            {
                if (new FileInfo(file).Length > MaxTextBytes)
                    throw new IOException($"The file is larger than {MaxTextBytes >> 20} MB.");
                texts[name] = Utf8.GetString(System.IO.File.ReadAllBytes(file));
            }
            catch (DecoderFallbackException)
            {
                problems.Add(new(DiagnosticCodes.ScriptProblem, Severity.Error, $"{part}/{name}", null, "The file is not UTF-8. Save it as UTF-8."));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new(DiagnosticCodes.ScriptProblem, Severity.Error, $"{part}/{name}", null, $"The file cannot be read: {e.Message}"));
            }
        }

        return texts;
    }
}
