using System.IO.Compression;
using System.Text;
using Playbook.Engine.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Playbooks;

/// <summary>A file that a person brings, by its path below what they chose.</summary>
public sealed record BroughtFile(string Path, byte[] Bytes);

/// <summary>A playbook found among files.</summary>
/// <param name="Content">Null where it cannot be read; <paramref name="Problem"/> says why.</param>
public sealed record BroughtPlaybook(string Id, string From, DefinitionContent? Content, string? Problem);

/// <summary>Playbooks as files: one JSON document, or a folder with scripts and scenarios, plain or as a zip.</summary>
public static class PlaybookPackage
{
    public const int MostBytes = 32 * 1024 * 1024;
    private const int MostFiles = 5000;
    private const string Document = "playbook.json";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The playbooks among the files. What cannot be read is told of and keeps nothing else out.</summary>
    public static IReadOnlyList<BroughtPlaybook> Read(IReadOnlyList<BroughtFile> files)
    {
        var found = new List<BroughtPlaybook>();
        foreach (var zip in files.Where(file => file.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)))
        {
            if (Unpack(zip, out var problem) is { } inside)
                found.AddRange(ReadPlain(inside, zip.Path));
            else
                found.Add(new("", zip.Path, null, problem));
        }

        found.AddRange(ReadPlain([.. files.Where(file => !file.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))], null));
        return found;
    }

    /// <summary>A zip with a folder per playbook, as <see cref="Read"/> takes it.</summary>
    public static byte[] Write(IEnumerable<(string Id, DefinitionContent Content)> playbooks)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (id, content) in playbooks)
            {
                Add(zip, $"{id}/{Document}", content.Json, content.ByteOrderMark);
                foreach (var text in content.Texts ?? [])
                    Add(zip, $"{id}/{(text.Kind == DefinitionTextKind.Script ? "scripts" : "scenarios")}/{text.Name}", text.Text, text.ByteOrderMark);
            }

        return bytes.ToArray();
    }

    private static IEnumerable<BroughtPlaybook> ReadPlain(IReadOnlyList<BroughtFile> files, string? archive)
    {
        var folders = files.Where(file => file.Path == Document || file.Path.EndsWith("/" + Document, StringComparison.Ordinal))
            .Select(file => file.Path[..^Document.Length]).ToList();
        foreach (var folder in folders)
            yield return ReadFolder(files, folder, archive);
        foreach (var file in files)
            if (file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !folders.Exists(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
                yield return ReadOne(file.Path, [file], "", archive, file.Path);
        if (files.Count > 0 && !files.Any(file => file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            yield return new("", archive ?? files[0].Path, null, $"There is no playbook in it: a playbook is a JSON document, or a folder with a {Document}.");
    }

    private static BroughtPlaybook ReadFolder(IReadOnlyList<BroughtFile> files, string folder, string? archive) =>
        ReadOne(folder + Document, files, folder, archive, folder.Length == 0 ? archive ?? Document : folder.TrimEnd('/'));

    private static BroughtPlaybook ReadOne(string document, IReadOnlyList<BroughtFile> files, string folder, string? archive, string from)
    {
        var where = archive is null || archive == from ? from : $"{archive}: {from}";
        try
        {
            var (json, mark) = Text(files.First(file => file.Path == document));
            if (WorkflowDocument.Read(Encoding.UTF8.GetBytes(json), out var problem) is not { } read)
                return new("", where, null, problem!.Message);
            var id = JsonText(read.Json["definitionId"]) is { Length: > 0 } given ? given : PlaybookDocument.IdFor(System.IO.Path.GetFileNameWithoutExtension(from), []);
            var texts = new List<ContentText>();
            if (folder.Length > 0 || document == Document)
            {
                Collect(texts, files, folder + "scripts/", ".sbn", DefinitionTextKind.Script);
                Collect(texts, files, folder + "scenarios/", ".json", DefinitionTextKind.Scenario);
            }

            return new(id, where, new DefinitionContent(JsonText(read.Json["name"]) is { Length: > 0 } name ? name : id, json, texts, mark), null);
        }
        catch (DecoderFallbackException)
        {
            return new("", where, null, "It is not UTF-8. Save it as UTF-8.");
        }
    }

    private static void Collect(List<ContentText> texts, IReadOnlyList<BroughtFile> files, string folder, string ending, DefinitionTextKind kind)
    {
        foreach (var file in files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal) && file.Path.EndsWith(ending, StringComparison.Ordinal)).OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var (text, mark) = Text(file);
            texts.Add(new(kind, file.Path[folder.Length..], text, mark));
        }
    }

    private static List<BroughtFile>? Unpack(BroughtFile zip, out string? problem)
    {
        problem = null;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip.Bytes), ZipArchiveMode.Read);
            var files = new List<BroughtFile>();
            var left = (long)MostBytes;
            foreach (var entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/')))
            {
                // The length that an archive claims may be a lie: what counts is what comes out.
                using var content = entry.Open();
                using var bytes = new MemoryStream();
                var buffer = new byte[64 * 1024];
                for (int read; (read = content.Read(buffer)) > 0; bytes.Write(buffer, 0, read))
                    if ((left -= read) < 0)
                        return Refuse($"It holds more than {MostBytes >> 20} MB. Bring fewer playbooks at a time.", out problem);
                files.Add(new(entry.FullName.Replace('\\', '/'), bytes.ToArray()));
                if (files.Count > MostFiles)
                    return Refuse($"It holds more than {MostFiles:N0} files. Bring fewer playbooks at a time.", out problem);
            }

            return files;
        }
        catch (InvalidDataException)
        {
            return Refuse("It is no zip archive, or it is damaged.", out problem);
        }
    }

    private static List<BroughtFile>? Refuse(string why, out string? problem)
    {
        problem = why;
        return null;
    }

    private static (string Text, bool ByteOrderMark) Text(BroughtFile file)
    {
        var mark = file.Bytes is [0xEF, 0xBB, 0xBF, ..];
        return (Utf8.GetString(file.Bytes, mark ? 3 : 0, file.Bytes.Length - (mark ? 3 : 0)), mark);
    }

    private static string? JsonText(System.Text.Json.Nodes.JsonNode? node) => node is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<string>(out var text) ? text.Trim() : null;

    private static void Add(ZipArchive zip, string name, string text, bool mark)
    {
        using var entry = zip.CreateEntry(name).Open();
        if (mark)
            entry.Write([0xEF, 0xBB, 0xBF]);
        entry.Write(Utf8.GetBytes(text));
    }
}
