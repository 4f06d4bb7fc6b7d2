using System.Globalization;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>Which versions are meant, in Elsa's words.</summary>
internal sealed record VersionOptions(VersionWish Wish, int Number = 0)
{
    public static VersionOptions Latest { get; } = new(VersionWish.Latest);
    public static VersionOptions Published { get; } = new(VersionWish.Published);

    /// <summary>Null for nothing; throws where it is neither one of Elsa's words nor a number.</summary>
    public static VersionOptions? Parse(string? text)
    {
        var word = text?.Trim();
        if (string.IsNullOrEmpty(word))
            return null;
        if (word.StartsWith("Version:", StringComparison.OrdinalIgnoreCase))
            word = word["Version:".Length..].Trim();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return new VersionOptions(VersionWish.Specific, number);
        if (word.Equals("AllVersions", StringComparison.OrdinalIgnoreCase))
            return new VersionOptions(VersionWish.All);
        return Enum.GetNames<VersionWish>().FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known && known != nameof(VersionWish.Specific)
            ? new VersionOptions(Enum.Parse<VersionWish>(known))
            : throw new BadHttpRequestException($"There are no versions '{text}'. Write Latest, Published, LatestOrPublished, LatestAndPublished, Draft, AllVersions, or a number.");
    }

    /// <summary>Of the versions of a definition, those that are meant.</summary>
    public bool Fits(DefinitionVersion version) => Wish switch
    {
        VersionWish.Latest => version.IsLatest,
        VersionWish.Published => version.IsPublished,
        VersionWish.LatestOrPublished => version.IsLatest || version.IsPublished,
        VersionWish.LatestAndPublished => version is { IsLatest: true, IsPublished: true },
        VersionWish.Draft => !version.IsPublished,
        VersionWish.Specific => version.Version == Number,
        _ => true,
    };
}

internal enum VersionWish
{
    Latest,
    Published,
    LatestOrPublished,
    LatestAndPublished,
    Draft,
    All,
    Specific,
}
