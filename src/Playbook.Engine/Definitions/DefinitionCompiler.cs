using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Playbook.Abstractions;

namespace Playbook.Engine.Definitions;

/// <summary>What a compilation gave: a definition, or none where an error stands among the diagnostics.</summary>
public sealed record CompileResult(PlaybookDefinition? Definition, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Definition is null || Diagnostics.Any(d => d.Severity == Severity.Error);
}

/// <summary>
/// Compiles Elsa documents. <paramref name="types"/> are the activity types known; <paramref name="resolveWorkflow"/> finds
/// the document of a workflow that is used as an activity, by the activity's JSON.
/// </summary>
public sealed class DefinitionCompiler(IReadOnlyDictionary<string, ActivityDescription> types, Func<JsonObject, WorkflowDocument?>? resolveWorkflow = null)
{
    private static readonly string[] Identity = ["$schema", "id", "version", "createdAt", "toolVersion", "isLatest", "isPublished", "links"];

    /// <summary>Reads and compiles; any bytes give a definition or diagnostics, never an exception.</summary>
    public CompileResult Compile(ReadOnlySpan<byte> utf8)
    {
        var document = WorkflowDocument.Read(utf8, out var problem);
        return document is null ? new CompileResult(null, [problem!]) : Compile(document);
    }

    public CompileResult Compile(WorkflowDocument document)
    {
        var diagnostics = new List<Diagnostic>();
        var json = document.Json;
        if (json["root"] is not JsonObject root)
        {
            diagnostics.Add(new(DiagnosticCodes.NoRoot, Severity.Error, "$.root", null, "The definition has no root activity: put a flowchart there."));
            return new CompileResult(null, diagnostics);
        }

        var tree = new ActivityTreeBuilder(types, resolveWorkflow, diagnostics);
        var declared = WorkflowInterface.Read(json);
        var rootNode = tree.Build(root, null, "", "$.root", "Workflow1", [declared.DefinitionId]);
        if (diagnostics.Any(d => d.Code is DiagnosticCodes.DuplicateId or DiagnosticCodes.WrongShape or DiagnosticCodes.TooLarge && d.Severity == Severity.Error) || rootNode is null)
            return new CompileResult(null, diagnostics);

        var custom = json["customProperties"] as JsonObject;
        var definition = new PlaybookDefinition
        {
            DefinitionId = declared.DefinitionId,
            VersionId = JsonRead.Text(json["id"]) ?? declared.DefinitionId,
            Version = JsonRead.Number(json["version"]) ?? 1,
            Name = declared.Name,
            ContentHash = Hash(json),
            Document = document,
            Root = rootNode,
            Nodes = tree.Nodes,
            Variables = declared.Variables,
            Inputs = declared.Inputs,
            Outputs = declared.Outputs,
            Outcomes = declared.Outcomes,
            ContinueWithIncidents = JsonRead.Text((json["options"] as JsonObject)?["incidentStrategyType"])?.Contains("ContinueWithIncidents", StringComparison.Ordinal) == true,
            TokenFlow = JsonRead.Text(custom?["flowchartExecutionMode"])?.Equals("TokenBased", StringComparison.OrdinalIgnoreCase) == true,
            KeepsResults = MentionsResults(rootNode.Json),
        };
        return new CompileResult(definition, diagnostics);
    }

    private static bool MentionsResults(JsonObject root)
    {
        var text = root.ToJsonString();
        // getOutputFrom(…), getResultFromX(): that a text merely looks so only costs a few bytes a run.
        return text.Contains("LastResult", StringComparison.OrdinalIgnoreCase) || text.Contains("get", StringComparison.Ordinal) && text.Contains("From", StringComparison.Ordinal);
    }

    private static string Hash(JsonObject json)
    {
        var content = new JsonObject();
        foreach (var (key, value) in json)
            if (!Identity.Contains(key))
                content[key] = value?.DeepClone();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToJsonString())));
    }
}
