using System.Text;
using System.Text.Json;

namespace Playbook.Storage.Definitions;

/// <summary>
/// A playbook on disk: <c>playbook.json</c>, <c>scripts/*.sbn</c>, <c>scenarios/*.json</c>. Its name is the definition's id.
/// </summary>
internal static class DefinitionFolder
{
    private const string Document = "playbook.json";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly (DefinitionTextKind Kind, string Folder, string Extension)[] Parts =
        [(DefinitionTextKind.Script, "scripts", ".sbn"), (DefinitionTextKind.Scenario, "scenarios", ".json")];

    /// <summary>The folders with a document, below the path or the path itself.</summary>
    public static IReadOnlyList<string> Find(string path)
    {
        if (!Directory.Exists(path))
            throw new DefinitionException($"There is no folder {path}. Check the path.");
        if (File.Exists(Path.Combine(path, Document)))
            return [Path.GetFullPath(path)];
        return [.. Directory.EnumerateDirectories(Path.GetFullPath(path)).Where(folder => File.Exists(Path.Combine(folder, Document))).Order(StringComparer.Ordinal)];
    }

    public static string IdOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    /// <summary>Throws <see cref="DefinitionException"/> for what cannot be kept without loss.</summary>
    public static async Task<DefinitionContent> Read(string folder, CancellationToken cancellationToken)
    {
        var (json, mark) = await ReadText(folder, Document, cancellationToken);
        var texts = new List<ContentText>();
        foreach (var (kind, part, extension) in Parts)
        {
            var below = Path.Combine(folder, part);
            if (!Directory.Exists(below))
                continue;
            foreach (var file in Directory.EnumerateFiles(below, "*" + extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var name = Path.GetRelativePath(below, file).Replace(Path.DirectorySeparatorChar, '/');
                var (text, textMark) = await ReadText(folder, $"{part}/{name}", cancellationToken);
                texts.Add(new(kind, name, text, textMark));
            }
        }
        return new(NameIn(folder, json), json, texts, mark);
    }

    public static async Task Write(string path, DefinitionVersion version, IReadOnlyList<ContentText> texts, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(path, Safe(version.DefinitionId, version.DefinitionId));
        Directory.CreateDirectory(folder);
        await WriteText(Path.Combine(folder, Document), version.Json, version.ByteOrderMark, cancellationToken);
        foreach (var (kind, part, extension) in Parts)
        {
            var below = Path.Combine(folder, part);
            var kept = new HashSet<string>(StringComparer.Ordinal);
            foreach (var text in texts.Where(text => text.Kind == kind))
            {
                var file = Path.Combine([below, .. text.Name.Split('/').Select(segment => Safe(segment, text.Name))]);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await WriteText(file, text.Text, text.ByteOrderMark, cancellationToken);
                kept.Add(file);
            }
            // Or else a script that was taken out would come back with the next import.
            if (Directory.Exists(below))
                foreach (var stale in Directory.GetFiles(below, "*" + extension, SearchOption.AllDirectories).Where(file => !kept.Contains(file)))
                    File.Delete(stale);
        }
    }

    /// <summary>The name, if every part of it can be a file's or a folder's; throws <see cref="DefinitionException"/> otherwise.</summary>
    public static string SafePath(string name) => string.Join('/', name.Split('/').Select(segment => Safe(segment, name)));

    private static async Task<(string Text, bool ByteOrderMark)> ReadText(string folder, string name, CancellationToken cancellationToken)
    {
        var where = $"{IdOf(folder)}/{name}";
        try
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, name), cancellationToken);
            var mark = bytes is [0xEF, 0xBB, 0xBF, ..];
            return (Utf8.GetString(bytes, mark ? 3 : 0, bytes.Length - (mark ? 3 : 0)), mark);
        }
        catch (DecoderFallbackException fault)
        {
            throw new DefinitionException($"{where} is not UTF-8. Save it as UTF-8.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DefinitionException($"{where} cannot be read: {fault.Message} Check who may read it.", fault);
        }
    }

    private static async Task WriteText(string file, string text, bool mark, CancellationToken cancellationToken)
    {
        byte[] bytes = mark ? [0xEF, 0xBB, 0xBF, .. Utf8.GetBytes(text)] : Utf8.GetBytes(text);
        await File.WriteAllBytesAsync(file, bytes, cancellationToken);
    }

    private static string NameIn(string folder, string json)
    {
        var id = IdOf(folder);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new DefinitionException($"{id}/{Document} is no JSON object. Export the definition again.");
            // Where the two disagree, links between playbooks would find one and not the other.
            if (StringIn(document.RootElement, "definitionId") is { Length: > 0 } inside && inside != id)
                throw new DefinitionException($"{id}/{Document} has the definitionId \"{inside}\". Rename the folder to it, or write \"{id}\" there.");
            return StringIn(document.RootElement, "name") ?? id;
        }
        catch (JsonException fault)
        {
            throw new DefinitionException($"{id}/{Document} is not JSON, line {fault.LineNumber + 1}: {fault.Message}", fault);
        }
    }

    private static string? StringIn(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Ids and names can come in by the API: none may lead out of the folder.
    private static string Safe(string segment, string whole) =>
        segment is not ("" or "." or "..") && segment.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' ' || letter > 127)
            ? segment
            : throw new DefinitionException($"\"{whole}\" cannot be the name of a file. Use letters, digits, - and _ only.");
}
