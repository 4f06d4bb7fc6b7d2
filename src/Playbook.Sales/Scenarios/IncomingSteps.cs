using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Sales.Scenarios;

/// <summary>
/// What can come in from a contact besides an answer, as a scenario writes it:
/// <code>
/// { "do": "auto-reply", "text": "I am away", "returns": "2026-03-16T08:00:00Z" }
/// { "do": "came-back", "reason": "mailbox unknown", "kind": "hard" }
/// { "do": "unsubscribe", "wording": "STOP", "channel": "sms" }
/// { "do": "complain" }
/// { "do": "invitation", "answer": "proposed", "data": { "start": "2026-03-10T10:00:00Z" } }
/// </code>
/// </summary>
internal static class IncomingSteps
{
    private const string AutoReply = "auto-reply";
    private const string CameBack = "came-back";
    private const string Unsubscribe = "unsubscribe";
    private const string Complain = "complain";
    private const string Invitation = "invitation";

    public static IReadOnlyList<string> Words { get; } = [AutoReply, CameBack, Unsubscribe, Complain, Invitation];

    /// <summary>What is wrong with a step of these words, as half a sentence; null where nothing is.</summary>
    public static string? Problem(JsonObject step) => Text(step, "do") switch
    {
        AutoReply when Text(step, "returns") is { } returns && !TryTime(returns, out _) => $"'{returns}' is no point in time; write it as 2026-03-02T09:00:00Z",
        CameBack when Text(step, "kind") is { } kind && !Enum.TryParse<BounceKind>(kind, ignoreCase: true, out _) => $"'{kind}' is no kind of bounce; there are hard, soft and policy",
        Invitation when Text(step, "answer") is null => "the invitation has no answer; write accepted, declined or proposed under 'answer'",
        _ => null,
    };

    public static Stimulus Read(JsonObject step)
    {
        var channel = Text(step, "channel") ?? "email";
        return Text(step, "do") switch
        {
            AutoReply => new Stimulus.AutoReplied(Text(step, "text"), channel, Text(step, "returns") is { } returns && TryTime(returns, out var at) ? at : null),
            CameBack => new Stimulus.Bounced(Text(step, "reason") ?? "mailbox unknown", Enum.TryParse<BounceKind>(Text(step, "kind"), ignoreCase: true, out var kind) ? kind : BounceKind.Hard),
            Unsubscribe => new Stimulus.Unsubscribed(Text(step, "wording") ?? "unsubscribe", channel),
            Complain => new Stimulus.Complained(channel),
            Invitation => new Stimulus.ContactAnswered(Text(step, "answer") ?? "", Data(step)),
            var other => throw new ScenarioException($"'{other}' is nothing that comes in from a contact."),
        };
    }

    public static JsonObject? Write(Stimulus stimulus) => stimulus switch
    {
        Stimulus.AutoReplied away => Without(new JsonObject
        {
            ["do"] = AutoReply, ["text"] = away.Text, ["channel"] = away.Channel, ["returns"] = away.ReturnsAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture),
        }),
        Stimulus.Bounced bounced => new JsonObject { ["do"] = CameBack, ["reason"] = bounced.Reason, ["kind"] = Word(bounced.Kind) },
        Stimulus.Unsubscribed no => Without(new JsonObject { ["do"] = Unsubscribe, ["wording"] = no.Wording, ["channel"] = no.Channel }),
        Stimulus.Complained complained => Without(new JsonObject { ["do"] = Complain, ["channel"] = complained.Channel }),
        Stimulus.ContactAnswered answer => Without(new JsonObject
        {
            ["do"] = Invitation, ["answer"] = answer.Answer, ["data"] = answer.Data.Count == 0 ? null : JsonSerializer.SerializeToNode(answer.Data),
        }),
        _ => null,
    };

    private static string Word(BounceKind kind) => kind switch { BounceKind.Soft => "soft", BounceKind.Policy => "policy", _ => "hard" };

    private static Dictionary<string, object?> Data(JsonObject step) =>
        step["data"] is { } data && RunValues.FromJson(JsonSerializer.SerializeToElement(data)) is Dictionary<string, object?> read ? read : [];

    private static bool TryTime(string text, out DateTimeOffset at) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.GetValueKind() != JsonValueKind.Null ? value.ToString() : null;

    private static JsonObject Without(JsonObject json)
    {
        foreach (var empty in json.Where(member => member.Value is null).Select(member => member.Key).ToList())
            json.Remove(empty);
        return json;
    }
}
