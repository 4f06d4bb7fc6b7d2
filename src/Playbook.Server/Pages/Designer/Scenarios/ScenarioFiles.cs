using System.Text;

namespace Playbook.Server.Pages.Designer.Scenarios;

/// <summary>Names of scenarios' files.</summary>
public static class ScenarioFiles
{
    private const string Ending = ".json";
    private const int Longest = 60;

    /// <summary>A file's name made from the scenario's own, that no other has.</summary>
    public static string NameFor(string name, IEnumerable<string> taken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-' && char.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.NonSpacingMark)
                slug.Append('-');
        var stem = slug.ToString()[..Math.Min(slug.Length, Longest)].Trim('-');
        if (stem.Length == 0)
            stem = "scenario";
        var all = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var file = stem + Ending;
        for (var number = 2; all.Contains(file); number++)
            file = $"{stem}-{number}{Ending}";
        return file;
    }
}
