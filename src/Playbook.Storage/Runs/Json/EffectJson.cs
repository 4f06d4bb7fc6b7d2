using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Playbook.Abstractions;
using static Playbook.Storage.Runs.Json.JsonMembers;

namespace Playbook.Storage.Runs.Json;

/// <summary>Effects as compact JSON and back. What equals its default is left out.</summary>
public static class EffectJson
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The name under which the effect's type is stored.</summary>
    public static string KindOf(Effect effect) => effect switch
    {
        Effect.OpenTask => "OpenTask",
        Effect.EscalateTask => "EscalateTask",
        Effect.SendMessage => "SendMessage",
        Effect.StartRun => "StartRun",
        Effect.PublishSignal => "PublishSignal",
        Effect.CallHttp => "CallHttp",
        Effect.RequestWork => "RequestWork",
        Effect.RecordFact => "RecordFact",
        _ => throw new NotSupportedException($"{effect?.GetType().Name ?? "null"} is not one of the effects that can be stored."),
    };

    public static void Write(Effect effect, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteString("kind", KindOf(effect));
        switch (effect)
        {
            case Effect.OpenTask task: WriteTask(writer, task); break;
            case Effect.EscalateTask escalate:
                writer.WriteString("key", escalate.Key);
                writer.WriteString("toRole", escalate.ToRole);
                break;
            case Effect.SendMessage send:
                writer.WriteString("key", send.Key);
                writer.WriteString("channel", send.Channel);
                writer.WriteString("script", send.Script);
                Text(writer, "action", send.Action);
                Map(writer, "inputs", send.Inputs);
                Text(writer, "subject", send.Written?.Subject);
                Text(writer, "text", send.Written?.Text);
                break;
            case Effect.StartRun start:
                writer.WriteString("key", start.Key);
                writer.WriteString("definitionId", start.DefinitionId);
                Map(writer, "input", start.Input);
                Text(writer, "correlationId", start.CorrelationId);
                break;
            case Effect.PublishSignal signal:
                writer.WriteString("name", signal.Name);
                Value(writer, "payload", signal.Payload);
                Text(writer, "correlationId", signal.CorrelationId);
                Truth(writer, "onlyThisRun", signal.OnlyThisRun);
                break;
            case Effect.CallHttp call: WriteCall(writer, call); break;
            case Effect.RequestWork work:
                writer.WriteString("key", work.Key);
                writer.WriteString("taskName", work.TaskName);
                Value(writer, "payload", work.Payload);
                break;
            case Effect.RecordFact fact:
                writer.WriteString("name", fact.Name);
                Map(writer, "data", fact.Data);
                break;
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    public static Effect Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        var kind = Text(root, "kind");
        return kind switch
        {
            "OpenTask" => ReadTask(root),
            "EscalateTask" => new Effect.EscalateTask(Need(root, "key"), Need(root, "toRole")),
            "SendMessage" => ReadMessage(root),
            "StartRun" => new Effect.StartRun(Need(root, "key"), Need(root, "definitionId"))
            {
                Input = Map(root, "input"),
                CorrelationId = Text(root, "correlationId"),
            },
            "PublishSignal" => new Effect.PublishSignal(Need(root, "name"), Value(root, "payload"))
            {
                CorrelationId = Text(root, "correlationId"),
                OnlyThisRun = Truth(root, "onlyThisRun"),
            },
            "CallHttp" => ReadCall(root),
            "RequestWork" => new Effect.RequestWork(Need(root, "key"), Need(root, "taskName"), Value(root, "payload")),
            "RecordFact" => new Effect.RecordFact(Need(root, "name"), Map(root, "data")),
            _ => throw new JsonException($"The stored effect is of kind '{kind}', which this version of Playbook does not know. It was written by a newer version; run that one."),
        };
    }

    /// <summary>What a rep filled in, or any other map of values.</summary>
    public static void WriteValues(IReadOnlyDictionary<string, object?> values, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        ValueJson.WriteMap(writer, values);
        writer.Flush();
    }

    public static IReadOnlyDictionary<string, object?> ReadValues(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return ValueJson.ReadMap(document.RootElement);
    }

    private static void WriteTask(Utf8JsonWriter writer, Effect.OpenTask task)
    {
        writer.WriteString("key", task.Key);
        writer.WriteString("role", task.Role);
        writer.WriteString("title", task.Title);
        Text(writer, "script", task.Script);
        Text(writer, "doneWhen", task.DoneWhen);
        Text(writer, "channel", task.Channel);
        Texts(writer, "outcomes", task.Outcomes, leaveOutEmpty: false);
        if (task.Fields.Count > 0)
        {
            writer.WriteStartArray("fields");
            foreach (var field in task.Fields)
                FieldJson.Write(writer, field);
            writer.WriteEndArray();
        }

        if (task.DueAt is { } due)
            writer.WriteString("dueAt", due);
        Map(writer, "details", task.Details);
    }

    private static Effect.OpenTask ReadTask(JsonElement root) => new(Need(root, "key"), Need(root, "role"), Need(root, "title"))
    {
        Script = Text(root, "script"),
        DoneWhen = Text(root, "doneWhen"),
        Channel = Text(root, "channel"),
        Outcomes = Texts(root, "outcomes"),
        Fields = root.TryGetProperty("fields", out var fields) ? [.. fields.EnumerateArray().Select(FieldJson.Read)] : [],
        DueAt = root.TryGetProperty("dueAt", out var due) ? due.GetDateTimeOffset() : null,
        Details = Map(root, "details"),
    };

    private static Effect.SendMessage ReadMessage(JsonElement root)
    {
        var message = new Effect.SendMessage(Need(root, "key"), Need(root, "channel"), Need(root, "script")) 
        {
            Action = Text(root, "action"),
            Written = Text(root, "text") is { } text ? new WrittenMessage(Text(root, "subject"), text) : null,
        };
        return Map(root, "inputs") is { Count: > 0 } inputs ? message with { Inputs = inputs } : message;
    }

    private static void WriteCall(Utf8JsonWriter writer, Effect.CallHttp call)
    {
        writer.WriteString("key", call.Key);
        writer.WriteString("method", call.Method);
        writer.WriteString("url", call.Url);
        if (call.Headers.Count > 0)
        {
            writer.WriteStartObject("headers");
            foreach (var (name, value) in call.Headers)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        Text(writer, "body", call.Body);
        Text(writer, "contentType", call.ContentType);
    }

    private static Effect.CallHttp ReadCall(JsonElement root) => new(Need(root, "key"), Need(root, "method"), Need(root, "url"))
    {
        Headers = root.TryGetProperty("headers", out var headers)
            ? headers.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString() ?? "")
            : new Dictionary<string, string>(),
        Body = Text(root, "body"),
        ContentType = Text(root, "contentType"),
    };
}
