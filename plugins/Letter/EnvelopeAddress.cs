using System.Globalization;

namespace Playbook.Letter;

/// <summary>The lines that stand on the envelope: the name, the address, and the country where it is another than ours.</summary>
internal static class EnvelopeAddress
{
    private static readonly Lazy<Dictionary<string, string>> CodeByName = new(Countries);

    public static IReadOnlyList<string> Lines(string name, string address, string ourCountry)
    {
        var lines = LetterSettings.Lines(address).ToList();
        if (lines.Count > 2 && CodeByName.Value.TryGetValue(lines[^1], out var country))
        {
            lines[^1] = lines[^1].ToUpperInvariant();
            // Posted at home, the country's own name only confuses the sorting machine.
            if (string.Equals(country, ourCountry, StringComparison.OrdinalIgnoreCase))
                lines.RemoveAt(lines.Count - 1);
        }
        var who = string.Join(' ', LetterSettings.Lines(name));
        if (who.Length > 0 && (lines.Count == 0 || !string.Equals(lines[0], who, StringComparison.OrdinalIgnoreCase)))
            lines.Insert(0, who);
        return lines;
    }

    /// <summary>Why no letter could arrive; null where one can.</summary>
    public static string? WhyNot(string name, string address)
    {
        var who = string.IsNullOrWhiteSpace(name) ? "The contact" : name.Trim();
        var lines = LetterSettings.Lines(address);
        if (lines.Count == 0)
            return $"{who} has no postal address. Write street, postal code, city and country on the contact.";
        return lines.Count == 1 ? $"The address of {who} is only '{lines[0]}'. Complete street, postal code and city on the contact." : null;
    }

    private static Dictionary<string, string> Countries()
    {
        var codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var region = new RegionInfo(culture.Name);
            if (region.TwoLetterISORegionName.Length != 2 || char.IsAsciiDigit(region.TwoLetterISORegionName[0]))
                continue;
            codes.TryAdd(region.EnglishName, region.TwoLetterISORegionName);
            codes.TryAdd(region.NativeName, region.TwoLetterISORegionName);
        }
        return codes;
    }
}
