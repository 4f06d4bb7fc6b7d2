using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Playbook.Server.Studio;

/// <summary>
/// Elsa Studio as published, and the fonts. Only what was found in the folder can be asked for, so no address leads out
/// of it.
/// </summary>
internal sealed class StudioFiles
{
    private static readonly FileExtensionContentTypeProvider Types = new()
    {
        Mappings = { [".map"] = "application/json", [".dat"] = "application/octet-stream", [".scss"] = "text/x-scss" },
    };

    private readonly FrozenDictionary<string, StudioFile> _files;

    private StudioFiles(string version, FrozenDictionary<string, StudioFile> files)
    {
        Version = version;
        _files = files;
    }

    /// <summary>Elsa's; part of every address, so that whatever has an address never changes.</summary>
    public string Version { get; }

    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>Null where the folder does not hold Elsa Studio.</summary>
    public static StudioFiles? Open(string folder)
    {
        var elsa = Path.Combine(folder, "elsa");
        var package = Path.Combine(elsa, "package.json");
        if (!File.Exists(package) || !Directory.Exists(Path.Combine(elsa, "_framework")))
            return null;
        using var description = JsonDocument.Parse(File.ReadAllBytes(package));
        var version = description.RootElement.GetProperty("version").GetString()!;
        var files = Find(elsa, "").Concat(Find(Path.Combine(folder, "fonts"), "fonts/")).ToFrozenDictionary(found => found.Path, found => found.File, StringComparer.Ordinal);
        return new StudioFiles(version, files);
    }

    public StudioFile? Get(string path) => _files.GetValueOrDefault(path);

    private static IEnumerable<(string Path, StudioFile File)> Find(string folder, string prefix)
    {
        if (!Directory.Exists(folder))
            return [];
        var all = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .ToDictionary(file => prefix + Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), StringComparer.Ordinal);
        return all.Where(file => !IsCompressed(file.Key, all)).Select(file => (file.Key, new StudioFile(
            Types.TryGetContentType(file.Key, out var type) ? type : "application/octet-stream",
            Variant(file.Value, null)!,
            Variant(all.GetValueOrDefault(file.Key + ".br"), "br"),
            Variant(all.GetValueOrDefault(file.Key + ".gz"), "gzip"))));
    }

    private static bool IsCompressed(string path, Dictionary<string, FileInfo> all) =>
        Path.GetExtension(path) is ".br" or ".gz" && all.ContainsKey(path[..^3]);

    private static StudioVariant? Variant(FileInfo? file, string? encoding) => file is null
        ? null
        : new StudioVariant(file.FullName, encoding, new EntityTagHeaderValue($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}{(encoding is null ? "" : "-" + encoding)}\""), file.Length);
}

/// <summary>A file, and the compressed ones that the package has beside it.</summary>
internal sealed record StudioFile(string Type, StudioVariant Plain, StudioVariant? Brotli, StudioVariant? Gzip)
{
    public bool HasVariants => Brotli is not null || Gzip is not null;

    /// <summary>The smallest that the caller can read.</summary>
    public StudioVariant For(IList<StringWithQualityHeaderValue> accepted) =>
        Brotli is not null && Takes(accepted, "br") ? Brotli
        : Gzip is not null && Takes(accepted, "gzip") ? Gzip
        : Plain;

    private static bool Takes(IList<StringWithQualityHeaderValue> accepted, string encoding)
    {
        var named = accepted.FirstOrDefault(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(one => one.Value == "*");
        return named is { Quality: null or > 0 };
    }
}

internal sealed record StudioVariant(string Path, string? Encoding, EntityTagHeaderValue Tag, long Length);
