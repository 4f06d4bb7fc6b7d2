using System.Text;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Playbooks;

/// <summary>Documents of new playbooks.</summary>
public static class PlaybookDocument
{
    /// <summary>An id for the name that nobody has yet: letters, digits and dashes.</summary>
    public static string IdFor(string name, IReadOnlyCollection<string> taken)
    {
        var plain = name.ToLowerInvariant()
            .Replace("æ", "ae", StringComparison.Ordinal).Replace("ø", "oe", StringComparison.Ordinal).Replace("å", "aa", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal)
            .Normalize(NormalizationForm.FormD);
        var slug = new StringBuilder();
        foreach (var letter in plain)
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-' && System.Globalization.CharUnicodeInfo.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.NonSpacingMark)
                slug.Append('-');
        }

        var id = slug.ToString().Trim('-');
        id = id.Length == 0 ? "playbook" : id.Length > 60 ? id[..60].Trim('-') : id;
        if (!taken.Contains(id))
            return id;
        var number = 2;
        while (taken.Contains($"{id}-{number}"))
            number++;
        return $"{id}-{number}";
    }

    /// <summary>An empty canvas that begins at a start.</summary>
    public static DefinitionContent Empty(string id, string name, string phase)
    {
        var document = new JsonObject
        {
            ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
            ["definitionId"] = id,
            ["name"] = name,
            ["version"] = 1,
            ["variables"] = new JsonArray(),
            ["inputs"] = new JsonArray(),
            ["outputs"] = new JsonArray(),
            ["outcomes"] = new JsonArray(),
            ["customProperties"] = new JsonObject { ["playbook"] = new JsonObject { ["phase"] = phase, ["roles"] = new JsonArray(), ["languages"] = new JsonArray("en"), ["scripts"] = new JsonArray() } },
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1", ["nodeId"] = "Workflow1:Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1,
                ["activities"] = new JsonArray(new JsonObject
                {
                    ["id"] = "start", ["nodeId"] = "Workflow1:Flowchart1:start", ["name"] = "start", ["type"] = "Elsa.Start", ["version"] = 1,
                    ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 0, ["y"] = 0 } } },
                }),
                ["connections"] = new JsonArray(),
                ["variables"] = new JsonArray(),
            },
        };
        return new DefinitionContent(name, WorkflowDocument.From(document).Write(), []);
    }

    /// <summary>A copy under another id and name; a playbook that started itself again starts the copy.</summary>
    public static DefinitionContent Copy(DefinitionContent original, string originalId, string id, string name)
    {
        if (WorkflowDocument.Read(Encoding.UTF8.GetBytes(original.Json), out var problem) is not { } document)
            throw new DefinitionException($"\"{original.Name}\" cannot be copied: {problem!.Message}");
        var json = document.Json;
        json.Remove("id");
        json["definitionId"] = id;
        json["name"] = name;
        json["version"] = 1;
        json["isPublished"] = false;
        json["isLatest"] = true;
        Redirect(json["root"], originalId, id);
        return original with { Name = name, Json = document.Write() };
    }

    private static void Redirect(JsonNode? node, string from, string to)
    {
        if (node is JsonArray list)
            foreach (var item in list)
                Redirect(item, from, to);
        if (node is not JsonObject activity)
            return;
        if (activity["type"] is JsonValue type && type.ToString() == "Playbook.StartPlaybook"
            && activity["playbook"] is JsonObject { } input && input["expression"] is JsonObject expression && expression["value"] is JsonValue value && value.ToString() == from)
            expression["value"] = to;
        foreach (var (_, member) in activity)
            Redirect(member, from, to);
    }
}
