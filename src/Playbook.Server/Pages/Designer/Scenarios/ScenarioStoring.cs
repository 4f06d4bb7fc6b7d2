using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer.Scenarios;

/// <summary>Puts scenarios beside a playbook and takes them out.</summary>
internal static class ScenarioStoring
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The file's name.</returns>
    public static async Task<string> Add(this DefinitionStore store, DesignerContext context, string name, string text)
    {
        var file = ScenarioFiles.NameFor(name, (await store.Texts(context.Latest.Id)).Select(one => one.Name));
        await store.PutBack(context, file, text);
        return file;
    }

    public static Task PutBack(this DefinitionStore store, DesignerContext context, string file, string text) =>
        store.SaveTexts(context.DefinitionId, [new TextChange(DefinitionTextKind.Scenario, file, text) { ChecksBefore = true, Before = null }], context.By, $"scenario {file} added");

    public static Task TakeOut(this DefinitionStore store, DesignerContext context, string file) =>
        store.SaveTexts(context.DefinitionId, [new TextChange(DefinitionTextKind.Scenario, file, null)], context.By, $"scenario {file} deleted");

    /// <summary>The same scenario under another name; as it is where it cannot be read.</summary>
    public static string Renamed(string json, string name)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject scenario)
                return json;
            scenario["name"] = name;
            return scenario.ToJsonString(Readable) + "\n";
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return json;
        }
    }
}
