using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Playbook.Sales.Sending;

/// <summary>The rules of one country or union.</summary>
public sealed record JurisdictionPack
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>ISO 3166 with two letters; empty for the pack that holds where no other does.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    public required IReadOnlyList<JurisdictionRule> Rules { get; init; }
}

/// <summary>Law as data. A country may have several packs: its own and its union's. One that has none gets the strictest.</summary>
public sealed class JurisdictionPacks
{
    private const string Folder = "packs/";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter<DayOfWeek>() },
    };

    private static readonly Lazy<JurisdictionPacks> Embedded = new(ReadEmbedded);

    private readonly FrozenDictionary<string, JurisdictionPack[]> _byCountry;
    private readonly JurisdictionPack[] _strictest;

    private JurisdictionPacks(IReadOnlyList<JurisdictionPack> packs)
    {
        All = packs;
        _strictest = [.. packs.Where(pack => pack.Countries.Count == 0)];
        _byCountry = packs.SelectMany(pack => pack.Countries, (pack, country) => (pack, country))
            .GroupBy(pair => pair.country, pair => pair.pack, StringComparer.OrdinalIgnoreCase)
            // The country's own before its union's: of two rules that forbid, the nearer one is quoted.
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(pack => pack.Countries.Count).ToArray(), StringComparer.OrdinalIgnoreCase);
        Lists = packs.SelectMany(pack => pack.Rules).Select(rule => rule.List).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The packs that come with Playbook. Throws <see cref="InvalidDataException"/> with everything that is wrong with them.</summary>
    public static JurisdictionPacks Shipped => Embedded.Value;

    public IReadOnlyList<JurisdictionPack> All { get; }

    /// <summary>The lists that some rule wants consulted.</summary>
    public IReadOnlySet<string> Lists { get; }

    public IReadOnlyList<JurisdictionPack> For(string? country) =>
        country is not null && _byCountry.TryGetValue(country, out var packs) ? packs : _strictest;

    /// <summary>Throws <see cref="InvalidDataException"/> with everything that is wrong.</summary>
    public static JurisdictionPacks Read(IEnumerable<(string Name, string Json)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var packs = new List<JurisdictionPack>();
        var wrong = new List<string>();
        foreach (var (name, json) in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            try
            {
                packs.Add(JsonSerializer.Deserialize<JurisdictionPack>(json, Format) ?? throw new JsonException("The file holds nothing."));
            }
            catch (JsonException fault)
            {
                wrong.Add($"{name}: {fault.Message}");
            }
        }

        wrong.AddRange(packs.SelectMany(pack => pack.Rules.SelectMany(rule => Problems(rule).Select(problem => $"{pack.Id}, rule '{rule.Id}': {problem}"))));
        wrong.AddRange(packs.SelectMany(pack => pack.Rules).GroupBy(rule => rule.Id).Where(group => group.Count() > 1).Select(group => $"The rule id '{group.Key}' is used twice; give each rule its own."));
        if (wrong.Count == 0 && packs.All(pack => pack.Countries.Count > 0))
            wrong.Add("No pack is without countries; one must hold where no other does.");
        return wrong.Count == 0
            ? new JurisdictionPacks(packs)
            : throw new InvalidDataException($"The jurisdiction packs cannot be used. {string.Join(" ", wrong)}");
    }

    private static IEnumerable<string> Problems(JurisdictionRule rule)
    {
        foreach (var (name, text) in new[] { ("id", rule.Id), ("title", rule.Title), ("quote", rule.Quote), ("language", rule.Language), ("source", rule.Source) })
            if (string.IsNullOrWhiteSpace(text))
                yield return $"'{name}' is empty; every rule is quoted with where it stands.";
        if (rule.Language != "en" && string.IsNullOrWhiteSpace(rule.English))
            yield return "'english' is missing; people who do not read the rule's language must know what it says.";
        if (rule.Channels.Count == 0 || rule.Recipients.Count == 0)
            yield return "it names no channels or no recipients, so it would never hold.";
        foreach (var recipient in rule.Recipients.Except(["company", "consumer"]))
            yield return $"there are no recipients '{recipient}'; there are company and consumer.";
        foreach (var purpose in rule.Purposes.Except(["marketing", "service"]))
            yield return $"there is no purpose '{purpose}'; there are marketing and service.";
        foreach (var key in rule.UnlockedBy.Concat(rule.Unlocks.Keys).Distinct().Except(Unlock.All))
            yield return $"nothing is unlocked by '{key}'; there are {string.Join(", ", Unlock.All)}.";
        if (rule.Effect == RuleEffect.Scrub && (string.IsNullOrWhiteSpace(rule.List) || rule.MaxAgeDays <= 0))
            yield return "a rule that scrubs needs 'list' and 'maxAgeDays' above 0.";
        if (rule.Effect == RuleEffect.Hours && rule.Hours.Count == 0)
            yield return "a rule of hours needs 'hours'.";
        foreach (var block in rule.Hours.Concat(rule.Regions.SelectMany(region => region.Hours)))
            if (block.From >= block.To && block.To != TimeOnly.MinValue)
                yield return $"hours from {block.From:HH\\:mm} to {block.To:HH\\:mm} end before they begin.";
    }

    private static JurisdictionPacks ReadEmbedded()
    {
        var assembly = typeof(JurisdictionPacks).Assembly;
        return Read(assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return (name, reader.ReadToEnd());
        }));
    }
}
