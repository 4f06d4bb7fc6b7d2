using Playbook.Engine.Definitions;
using Playbook.Sales.Scenarios;
using Playbook.Server.Pages.Designer.Editor;

namespace Playbook.Server.Pages.Designer.Scenarios;

/// <summary>Helps to write a scenario: what to begin with, and the words that may stand where.</summary>
public static class ScenarioWriting
{
    /// <summary>A scenario that passes as it stands: it starts the playbook for Ada Test and expects no more than that it goes.</summary>
    public static string Template(string name) => $$"""
        {
          "name": {{System.Text.Json.JsonSerializer.Serialize(name, Plain)}},
          "given": {
            "contact": { "id": "c-1", "name": "Ada Test", "first_name": "Ada", "email": "ada@test.example", "language": "en", "country": "GB", "consent_email": true },
            "rep": { "id": "r-1", "name": "Karen Lund", "first_name": "Karen" },
            "input": {},
            "now": "2026-03-02T09:00:00Z"
          },
          "steps": [
          ],
          "then": [
            { "status": "Suspended" }
          ]
        }

        """;

    /// <summary>What the editor offers.</summary>
    public static JsonWords Words(PlaybookDefinition? definition, IEnumerable<string> scripts)
    {
        var steps = definition?.Nodes.Where(node => node.Description is { IsHumanStep: true } or { Waits: true }).ToList() ?? [];
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["do"] = ScenarioWords.Steps,
            ["activity"] = [.. steps.Select(node => node.Id)],
            ["outcome"] = [.. steps.SelectMany(node => ActivityOutcomes.Of(node) ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            ["script"] = [.. scripts.Select(ScriptNames.WithoutLanguage).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            ["channel"] = ["email", "phone", "sms", "social", "letter", "calendar"],
            ["for"] = ["04:00:00", "1.00:00:00", "3.00:00:00", "7.00:00:00"],
            ["status"] = ["Suspended", "Finished", "Faulted"],
            ["phase"] = [.. Playbook.Sales.Phases.Phase.All],
            ["language"] = ["en", "da"],
        };
        string[] keys = ["name", "do", "activity", "outcome", "fields", "by", "for", "text", "channel", "script", "role", "equals", "reason", .. ScenarioWords.Given, .. ScenarioWords.Expectations, "steps", "then", "given"];
        return new JsonWords([.. keys.Distinct(StringComparer.Ordinal)], values);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
