using System.Text.Json.Serialization;

namespace Playbook.Server.Pages.Designer.Editor;

/// <summary>A word that the editor offers.</summary>
public sealed record EditorWord(string Label, string? Detail = null);

/// <summary>What the editor offers while somebody writes a script.</summary>
/// <param name="Names">Names at the top.</param>
/// <param name="Members">Members by the name before the dot.</param>
/// <param name="Functions">What may stand after a pipe.</param>
public sealed record ScriptWords(IReadOnlyList<EditorWord> Names, IReadOnlyDictionary<string, IReadOnlyList<EditorWord>> Members, IReadOnlyList<EditorWord> Functions);

/// <summary>What the editor offers while somebody writes JSON.</summary>
/// <param name="Values">By the member before the colon.</param>
public sealed record JsonWords(IReadOnlyList<string> Keys, IReadOnlyDictionary<string, IReadOnlyList<string>> Values);

/// <summary>A problem beside its line.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
public sealed record EditorProblem(int Line, string Severity, string Message);

/// <summary>What was typed and never reached the server.</summary>
/// <param name="At">Milliseconds since 1970.</param>
public sealed record RescuedText([property: JsonPropertyName("text")] string Text, [property: JsonPropertyName("at")] long At);
