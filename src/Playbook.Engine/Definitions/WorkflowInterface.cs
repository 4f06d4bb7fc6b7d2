using System.Text.Json.Nodes;

namespace Playbook.Engine.Definitions;

/// <summary>What a document declares: what goes in, what comes out, what it keeps.</summary>
public sealed record WorkflowInterface(
    string DefinitionId,
    string? Name,
    IReadOnlyList<VariableDefinition> Variables,
    IReadOnlyList<InputDefinition> Inputs,
    IReadOnlyList<OutputDefinition> Outputs,
    IReadOnlyList<string> Outcomes)
{
    internal static WorkflowInterface Read(JsonObject json) => new(
        JsonRead.Text(json["definitionId"]) ?? JsonRead.Text(json["id"]) ?? "definition",
        JsonRead.Text(json["name"]),
        JsonRead.Variables(json["variables"]),
        [.. JsonRead.Objects(json["inputs"]).Select(i => new InputDefinition(JsonRead.Text(i["name"]) ?? "", JsonRead.Text(i["type"]) ?? "Object", JsonRead.Flag(i["isArray"])))],
        [.. JsonRead.Objects(json["outputs"]).Select(o => new OutputDefinition(JsonRead.Text(o["name"]) ?? "", JsonRead.Text(o["type"]) ?? "Object", JsonRead.Flag(o["isArray"])))],
        [.. (json["outcomes"] as JsonArray ?? []).Select(JsonRead.Text).OfType<string>()]);
}
