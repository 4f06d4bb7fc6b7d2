using System.Security.Cryptography;
using System.Text.Json;
using Playbook.Engine.Activities;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>Every activity that a playbook can be drawn with, as the playbooks are now; answered as it was written once.</summary>
internal sealed class Palette
{
    private readonly Dictionary<(string Type, int Version), ActivityDescriptor> _byVersion = [];
    private readonly Dictionary<string, PlaybookParts> _playbooks;

    public Palette(ActivityCatalog catalog, IReadOnlyList<PlaybookParts> playbooks, PaletteChoices choices)
    {
        Choices = choices;
        _playbooks = playbooks.ToDictionary(playbook => playbook.DefinitionId, StringComparer.Ordinal);
        All = [.. catalog.Descriptions.Values.Select(activity => ActivityDescriber.Describe(activity, choices)), .. playbooks.SelectMany(playbook => playbook.Activities)];
        foreach (var descriptor in All)
            _byVersion.TryAdd((descriptor.TypeName, descriptor.Version), descriptor);
        Json = JsonSerializer.SerializeToUtf8Bytes(new ElsaList<ActivityDescriptor>(All), ElsaJson.Options);
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Json))[..32]}\"";
    }

    public IReadOnlyList<ActivityDescriptor> All { get; }
    public PaletteChoices Choices { get; }

    /// <summary>The whole list as it is answered.</summary>
    public byte[] Json { get; }

    public string ETag { get; }

    /// <summary>Null where no such activity can be drawn.</summary>
    /// <param name="version">Null for the newest.</param>
    public ActivityDescriptor? Find(string type, int? version = null) => version is { } number
        ? _byVersion.GetValueOrDefault((type, number))
        : All.Where(descriptor => descriptor.TypeName == type).MaxBy(descriptor => descriptor.Version);

    public ActivityDescriptor? Find(Func<ActivityDescriptor, bool> matches) => All.Where(matches).MaxBy(descriptor => descriptor.Version);

    /// <summary>The choices within one playbook; those of all where it is not known which.</summary>
    public PaletteChoices ChoicesIn(string? definitionId) => definitionId is not null && _playbooks.TryGetValue(definitionId, out var playbook)
        ? Choices with { Scripts = [.. playbook.Scripts.Select(Choice.Of)] }
        : Choices;
}
