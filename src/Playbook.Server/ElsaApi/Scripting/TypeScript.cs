using System.Text;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Server.ElsaApi.Definitions.Documents;

namespace Playbook.Server.ElsaApi.Scripting;

/// <summary>Declares what JavaScript expressions of a playbook may use.</summary>
internal static class TypeScript
{
    private static readonly string[] Functions =
    [
        "getWorkflowDefinitionId(): string", "getWorkflowDefinitionVersionId(): string", "getWorkflowDefinitionVersion(): number", "getWorkflowInstanceId(): string",
        "getWorkflowInstanceName(): string | null", "setWorkflowInstanceName(value: string): void", "getCorrelationId(): string | null", "setCorrelationId(value: string): void",
        "getVariable(name: string): any", "setVariable(name: string, value: any): void", "getInput(name: string): any", "getOutputFrom(activityId: string, outputName?: string): any",
        "getLastResult(): any", "setOutcome(name: string): void", "setOutcomes(names: string[]): void", "isNullOrWhiteSpace(value: string): boolean", "isNullOrEmpty(value: string): boolean",
        "toJson(value: any): string", "parseGuid(value: string): string", "newGuid(): string", "newGuidString(): string", "getGuidString(): string", "newShortGuid(): string", "getShortGuid(): string",
        "bytesToString(value: Uint8Array): string", "bytesFromString(value: string): Uint8Array", "bytesToBase64(value: Uint8Array): string", "bytesFromBase64(value: string): Uint8Array",
        "stringToBase64(value: string): string", "stringFromBase64(value: string): string", "streamToBytes(value: any): Uint8Array", "streamToBase64(value: any): string",
    ];

    private static readonly HashSet<string> Flags = ["consent_email", "is_consumer"];
    private static readonly HashSet<string> Numbers = ["score", "employees", "revenue", "value"];

    public static string Of(JsonObject document, IReadOnlyDictionary<string, ActivityDescription> types)
    {
        var text = new StringBuilder();
        foreach (var function in Functions)
            Line(text, $"declare function {function};");
        Line(text, "declare const now: Date;");
        foreach (var (fact, members) in FactSchema.Members.OrderBy(fact => fact.Key, StringComparer.Ordinal))
            Line(text, $"declare const {fact}: {{ {string.Join(" ", members.Select(member => $"{member}: {TypeOfFact(member)} | null;"))} }};");
        Line(text, "declare const previous: any;");
        Variables(text, document);
        Inputs(text, document);
        if (document["root"] is JsonObject root)
            Outputs(text, root, types);
        return text.ToString();
    }

    private static void Variables(StringBuilder text, JsonObject document)
    {
        var variables = Json.Objects(document["variables"]).Select(variable => (Name: Json.Text(variable["name"]) ?? "", Type: TypeOf(variable, "typeName"))).Where(variable => IsName(variable.Name)).ToList();
        foreach (var (name, type) in variables)
        {
            Line(text, $"declare function get{Pascal(name)}(): {type};");
            Line(text, $"declare function set{Pascal(name)}(value: {type}): void;");
        }

        Line(text, $"declare const variables: {{ {string.Join(" ", variables.Select(variable => $"{variable.Name}: {variable.Type};"))} }};");
    }

    private static void Inputs(StringBuilder text, JsonObject document)
    {
        foreach (var input in Json.Objects(document["inputs"]))
            if (Json.Text(input["name"]) is { } name && IsName(name))
                Line(text, $"declare function get{Pascal(name)}(): {TypeOf(input, "type")};");
    }

    private static void Outputs(StringBuilder text, JsonObject activity, IReadOnlyDictionary<string, ActivityDescription> types)
    {
        if (Json.Text(activity["name"]) is { } name && IsName(name) && types.GetValueOrDefault(Json.Text(activity["type"]) ?? "") is { } type)
            foreach (var output in type.Outputs)
                Line(text, $"declare function get{output.Name}From{Pascal(name)}(): {TypeOf(output.Type)};");
        foreach (var (_, child) in Nesting.Children(activity))
            Outputs(text, child, types);
    }

    private static string TypeOfFact(string member) => Flags.Contains(member) ? "boolean" : Numbers.Contains(member) ? "number" : "string";

    private static string TypeOf(JsonObject declared, string member)
    {
        var type = TypeOf(Json.Text(declared[member]) ?? "Object");
        return Json.Flag(declared["isArray"]) ? $"{type}[]" : type;
    }

    private static string TypeOf(string type) => type switch
    {
        "String" or "Guid" or "TimeSpan" or "ByteArray" => "string",
        "Boolean" => "boolean",
        "Int16" or "Int32" or "Int64" or "Long" or "Single" or "Double" or "Decimal" => "number",
        "DateTime" or "DateTimeOffset" => "Date",
        _ when type.EndsWith("[]", StringComparison.Ordinal) => TypeOf(type[..^2]) + "[]",
        _ => "any",
    };

    // What is no name in JavaScript has no function of its own; getVariable finds it.
    private static bool IsName(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] is '_' or '$') && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$');

    private static string Pascal(string name) => string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
