using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Engine.Definitions;

/// <summary>
/// An Elsa workflow definition as JSON, kept as it came: unknown members and the order of keys survive a round trip.
/// </summary>
public sealed class WorkflowDocument
{
    /// <summary>The largest document that is read, in bytes. A playbook of 500 activities has about 1 MB.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 256;

    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions WriteOptions = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    private WorkflowDocument(JsonObject json) => Json = json;

    public JsonObject Json { get; }

    public static WorkflowDocument From(JsonObject json) => new(json);

    /// <summary>Reads a document; any bytes give a document or diagnostics, never an exception.</summary>
    public static WorkflowDocument? Read(ReadOnlySpan<byte> utf8, out Diagnostic? problem)
    {
        problem = null;
        if (utf8.Length > MaxBytes)
        {
            problem = new(DiagnosticCodes.TooLarge, Severity.Error, "$", null, $"The definition has {utf8.Length / 1048576.0:F1} MB; at most {MaxBytes / 1048576} MB are read. Split it into several playbooks.");
            return null;
        }

        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            var node = JsonNode.Parse(utf8, documentOptions: ReadOptions);
            if (node is JsonObject json)
            {
                ReadTexts(json);
                return new WorkflowDocument(json);
            }

            problem = new(DiagnosticCodes.WrongShape, Severity.Error, "$", null, $"A workflow definition is a JSON object; this is {Describe(node)}.");
        }
        catch (JsonException e)
        {
            var deep = e.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase);
            var where = e.LineNumber is { } line ? $" (line {line + 1}, byte {e.BytePositionInLine})" : "";
            problem = utf8.IndexOfAnyExcept(" \t\r\n"u8) < 0
                ? new(DiagnosticCodes.NotJson, Severity.Error, "$", null, "There is nothing in it; a workflow definition is a JSON object.")
                : deep
                ? new(DiagnosticCodes.TooDeep, Severity.Error, "$", null, $"The definition is nested more than {MaxDepth} levels deep{where}; that is no playbook.")
                : new(DiagnosticCodes.NotJson, Severity.Error, "$", null, $"This is not valid JSON{where}: {Shorten(e.Message)}");
        }

        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            problem = new(DiagnosticCodes.NotJson, Severity.Error, "$", null, $"The definition holds text that is not valid Unicode: {e.Message}");
        }

        return null;
    }

    /// <summary>
    /// Reads every name and text once: JSON nodes are lazy, so that half a surrogate pair or broken UTF-8 would else be
    /// found only later, by whoever asks for that text.
    /// </summary>
    private static void ReadTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (_, member) in json)
                    ReadTexts(member);
                break;
            case JsonArray array:
                foreach (var item in array)
                    ReadTexts(item);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }

    public string Write() => Json.ToJsonString(WriteOptions);

    private static string Describe(JsonNode? node) => node switch { null => "null", JsonArray => "an array", _ => "a single value" };

    private static string Shorten(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        if (end < 0)
            end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
