using System.Globalization;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Server.Pages.Designer.Problems;

/// <summary>A mend that is trivial and safe. <paramref name="Apply"/> changes the document, or answers false where it no longer fits.</summary>
public sealed record QuickFix(string Title, Func<JsonObject, bool> Apply)
{
    /// <summary>The mend for a problem; null where a person has to think.</summary>
    public static QuickFix? For(Diagnostic diagnostic) => diagnostic switch
    {
        { Code: DiagnosticCodes.DanglingConnection, Suggestion: { } name } => new($"Connect it to “{name}”", document => Replace(document, diagnostic.Path, name)),
        { Code: DiagnosticCodes.DanglingConnection } => new("Remove the connection", document => RemoveConnection(document, diagnostic.Path)),
        { Code: DiagnosticCodes.ScriptNotFound or DiagnosticCodes.UnknownReference or DiagnosticCodes.UnknownActivityType, Suggestion: { } name } =>
            new($"Change it to “{name}”", document => Replace(document, diagnostic.Path, name)),
        { Code: DiagnosticCodes.UnknownPort, Suggestion: { } name, ActivityId: { } id } => new($"Change it to “{name}”", document => MovePort(document, diagnostic, id, name)),
        _ => null,
    };

    private static bool RemoveConnection(JsonObject document, string path)
    {
        var end = path.LastIndexOf(']');
        if (end < 0 || Find(document, path[..(end + 1)]) is not JsonObject connection || connection.Parent is not JsonArray connections)
            return false;
        return connections.Remove(connection);
    }

    /// <summary>Puts a name where a literal stands: a plain text, an input, or one end of a connection.</summary>
    private static bool Replace(JsonObject document, string path, string name)
    {
        switch (Find(document, path))
        {
            case JsonObject input when input["expression"] is JsonObject expression:
                if (expression["type"]?.ToString() != "Literal")
                    return false;
                expression["value"] = name;
                return true;
            case JsonObject end when end.ContainsKey("activity"):
                end["activity"] = name;
                return true;
            case JsonValue value:
                value.ReplaceWith(name);
                return true;
            default:
                return false;
        }
    }

    private static bool MovePort(JsonObject document, Diagnostic diagnostic, string id, string port)
    {
        if (Find(document, diagnostic.Path) is not JsonObject { Parent: JsonArray { Parent: JsonObject flowchart } } || flowchart["connections"] is not JsonArray connections)
            return false;
        var moved = false;
        foreach (var source in connections.OfType<JsonObject>().Select(connection => connection["source"]).OfType<JsonObject>())
        {
            if (source["activity"]?.ToString() != id || source["port"]?.ToString() is not { } wrong || wrong == port || !diagnostic.Message.Contains($"'{wrong}'", StringComparison.Ordinal))
                continue;
            source["port"] = port;
            moved = true;
        }

        return moved;
    }

    /// <summary>Follows a path such as <c>$.root.activities[3].script</c>.</summary>
    private static JsonNode? Find(JsonObject document, string path)
    {
        JsonNode? node = document;
        foreach (var step in path.Split('.', '[').Skip(1))
            node = step.EndsWith(']')
                ? int.TryParse(step[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && node is JsonArray list && index < list.Count ? list[index] : null
                : (node as JsonObject)?[step];
        return node;
    }
}
