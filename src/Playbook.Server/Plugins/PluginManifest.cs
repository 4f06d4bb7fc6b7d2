using System.Text.Json;
using Playbook.Abstractions;

namespace Playbook.Server.Plugins;

/// <summary>What <c>plugin.json</c> says: all that is known of a plugin before any of its code runs.</summary>
/// <param name="Id">The id of its channel.</param>
/// <param name="Version">Its own version, as its author counts.</param>
/// <param name="ContractVersion">The <see cref="PluginContract.Version"/> that it was built for.</param>
/// <param name="Assembly">The file with its code, beside plugin.json.</param>
/// <param name="Class">The full name of the class that implements <see cref="IChannelPlugin"/>.</param>
public sealed record PluginManifest(string Id, string Version, int ContractVersion, string Assembly, string Class)
{
    public const string FileName = "plugin.json";

    private const int LargestFile = 64 * 1024;
    private static readonly string[] Members = ["id", "version", "contractVersion", "assembly", "class", "hosts", "secrets", "name", "author", "homepage", "$schema"];

    /// <summary>The hosts that its HTTP client may reach: <c>api.example.com</c>, <c>*.example.com</c>, or <c>setting:NAME</c> for the one that the operator writes into a setting.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The settings that are secrets.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Throws <see cref="PluginException"/> with the cause and the cure.</summary>
    public static PluginManifest Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        byte[] bytes;
        try
        {
            if (new FileInfo(file).Length > LargestFile)
                throw Broken($"{file} is larger than {LargestFile / 1024} kB.", "Keep only what plugins/README.md lists there.");
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Broken($"{file} cannot be read: {fault.Message}", "Put a plugin.json there that the account running Playbook may read.", fault);
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(document.RootElement, folder);
        }
        catch (JsonException fault)
        {
            throw Broken($"{file} is not JSON, line {fault.LineNumber + 1}.", $"Correct it: {fault.Message}", fault);
        }
    }

    private static PluginManifest Read(JsonElement root, string folder)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Broken("plugin.json is no JSON object.", "Write it as plugins/README.md shows.");
        foreach (var member in root.EnumerateObject())
            if (!Members.Contains(member.Name))
                throw Broken($"plugin.json has a member '{member.Name}' that nobody knows.", $"{DidYouMean(member.Name)}The members are {string.Join(", ", Members[..^1])}.");
        // First of all: an incompatible plugin may well have another plugin.json.
        var contract = root.TryGetProperty("contractVersion", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var version)
            ? version
            : throw Broken("plugin.json has no whole number 'contractVersion'.", $"Write \"contractVersion\": {PluginContract.Version}, the version that it was built for.");
        var manifest = new PluginManifest(Text(root, "id"), Text(root, "version"), contract, Text(root, "assembly"), Text(root, "class"))
        {
            Hosts = Texts(root, "hosts"),
            Secrets = Texts(root, "secrets"),
        };
        if (contract != PluginContract.Version)
            throw new PluginException(
                PluginStatus.Incompatible,
                $"It was built for version {contract} of the plugin contract; this Playbook has version {PluginContract.Version}.",
                contract < PluginContract.Version ? "Install a newer version of the plugin." : "Install a newer version of Playbook, or an older one of the plugin.") { Data = { ["manifest"] = manifest } };
        if (manifest.Id.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-'))
            throw Broken($"The id '{manifest.Id}' in plugin.json has other letters than a-z, 0-9 and '-'.", "Write it as in fax or my-fax.");
        if (Path.GetFileName(manifest.Assembly) != manifest.Assembly || !manifest.Assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            throw Broken($"The assembly '{manifest.Assembly}' in plugin.json is not the name of a .dll beside it.", "Write the file's name without folders, such as Acme.Fax.dll.");
        if (!File.Exists(Path.Combine(folder, manifest.Assembly)))
            throw Broken($"The file {manifest.Assembly} that plugin.json names is not in {folder}.", "Copy the whole build output there, or correct 'assembly' in plugin.json.");
        return manifest;
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text.Trim()
            : throw Broken($"plugin.json has no text '{name}'.", $"Write \"{name}\" there, as plugins/README.md shows.");

    private static string[] Texts(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var list))
            return [];
        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : throw Broken($"'{name}' in plugin.json is no list of texts.", $"Write it as \"{name}\": [\"…\"].");
    }

    private static string DidYouMean(string name) =>
        Members.FirstOrDefault(member => string.Equals(member, name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) is { } near
            ? $"Did you mean '{near}'? "
            : "";

    private static PluginException Broken(string reason, string cure, Exception? cause = null) => new(PluginStatus.Malfunctioned, reason, cure, cause);
}
