using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Saving;

/// <summary>Ids of definitions. On disk they are names of folders, so they are made of what any disk takes.</summary>
internal static class DefinitionIds
{
    private const int Longest = 100;

    /// <summary>The id that a document names; null where it names none.</summary>
    public static string? Of(JsonObject sent)
    {
        if (sent["definitionId"] is not { } node)
            return null;
        var id = Json.Text(node) ?? throw new DocumentException("'definitionId' must be a text.");
        return id.Trim().Length == 0 ? null : Checked(id);
    }

    public static string Checked(string id)
    {
        // The same letters that folders of playbooks may have, so that whatever is stored can be exported.
        if (id.Length > Longest || id is "." or ".." || id.Trim() != id || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' ' || char.IsLetterOrDigit(letter)))
            throw new DocumentException($"The id '{(id.Length > 60 ? id[..60] + "…" : id)}' cannot be used. Use up to {Longest} letters, digits, dots, - and _.");
        return id;
    }

    /// <summary>A new id that says what it is: <c>first-call</c> for "First call".</summary>
    public static async Task<string> New(DefinitionStore store, string? name, CancellationToken cancellationToken)
    {
        var taken = (await store.Ids(cancellationToken)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wanted = Slug(name ?? "");
        var id = wanted;
        for (var number = 2; taken.Contains(id); number++)
            id = $"{wanted}-{number}";
        return id;
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var result = slug.ToString().Trim('-');
        return result.Length == 0 ? "playbook" : result.Length > 60 ? result[..60].Trim('-') : result;
    }
}
