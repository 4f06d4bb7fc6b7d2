using System.Text;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Engine.Tests.Definitions;

/// <summary>A whole definition around a root activity.</summary>
internal sealed class DefinitionBuilder
{
    public DefinitionBuilder(JsonObject root, string id = "main") => Json = new JsonObject
    {
        ["id"] = id + "-1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["isPublished"] = true,
        ["variables"] = new JsonArray(),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject(),
        ["options"] = new JsonObject(),
        ["root"] = root,
    };

    public JsonObject Json { get; }

    public string Id => (string)Json["definitionId"]!;

    public byte[] Bytes => Encoding.UTF8.GetBytes(Json.ToJsonString());

    public DefinitionBuilder Variable(string name, string type = "Object", string? value = null, bool isArray = false)
    {
        Json["variables"]!.AsArray().Add(new JsonObject { ["id"] = name, ["name"] = name, ["typeName"] = type, ["isArray"] = isArray, ["value"] = value });
        return this;
    }

    public DefinitionBuilder Input(string name, string type = "Object") => Declare("inputs", name, type);

    public DefinitionBuilder Output(string name, string type = "Object") => Declare("outputs", name, type);

    public DefinitionBuilder Outcomes(params string[] names)
    {
        foreach (var name in names)
            Json["outcomes"]!.AsArray().Add(name);
        return this;
    }

    public DefinitionBuilder TokenFlow()
    {
        Json["customProperties"]!["flowchartExecutionMode"] = "TokenBased";
        return this;
    }

    public DefinitionBuilder ContinueWithIncidents()
    {
        Json["options"]!["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core";
        return this;
    }

    public PlaybookDefinition Compile(Func<JsonObject, WorkflowDocument?>? workflows = null)
    {
        var result = new DefinitionCompiler(TestRun.Catalog.Descriptions, workflows).Compile(Bytes);
        return result.Definition ?? throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
    }

    private DefinitionBuilder Declare(string list, string name, string type)
    {
        Json[list]!.AsArray().Add(new JsonObject { ["name"] = name, ["type"] = type });
        return this;
    }
}
