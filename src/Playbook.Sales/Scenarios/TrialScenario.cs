using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Sales.Scenarios;

/// <summary>Writes what was done in a trial down as a scenario that expects the same to come of it again.</summary>
public static class TrialScenario
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="session">The trial.</param>
    /// <param name="name">The scenario in a sentence.</param>
    /// <param name="subject">Who stands in it: a scenario travels with the playbook, so a real contact does not belong there.</param>
    public static string Write(TrialSession session, string name, Subject subject)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new JsonObject
        {
            ["name"] = name,
            ["given"] = Given(session, subject),
            ["steps"] = new JsonArray([.. Steps(session)]),
            ["then"] = new JsonArray([.. Then(session)]),
        }.ToJsonString(Readable) + "\n";
    }

    private static JsonObject Given(TrialSession session, Subject subject)
    {
        var given = new JsonObject();
        foreach (var (name, fact) in subject.Facts)
            if (fact is IReadOnlyDictionary<string, object?> members && Object(members) is { Count: > 0 } known)
                given[name] = known;
        given["input"] = Object(session.Given.Input);
        given["now"] = session.Given.Start.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return given;
    }

    private static IEnumerable<JsonNode> Steps(TrialSession session)
    {
        for (var i = 0; i < session.Moves.Count; i++)
        {
            if (Step(session.Moves[i]) is { } step)
                yield return step;
            foreach (var fate in Fates(session, i))
                yield return fate;
        }
    }

    private static JsonObject? Step(TrialMove move) => move switch
    {
        TrialMove.Complete done => Without(new JsonObject
        {
            ["do"] = "complete", ["activity"] = done.ActivityId, ["outcome"] = done.Outcome, ["fields"] = done.Fields.Count == 0 ? null : Object(done.Fields), ["by"] = done.By,
        }),
        TrialMove.Wait wait => new JsonObject { ["do"] = "wait", ["for"] = wait.Time.ToString("c", CultureInfo.InvariantCulture) },
        TrialMove.Reply reply => Without(new JsonObject { ["do"] = "reply", ["text"] = reply.Text, ["channel"] = reply.Channel }),
        TrialMove.Hear hear => IncomingSteps.Write(hear.What),
        TrialMove.Signal signal => Without(new JsonObject { ["do"] = "signal", ["name"] = signal.Name, ["payload"] = Node(signal.Payload) }),
        TrialMove.Answer answer => Without(new JsonObject { ["do"] = "answer", ["activity"] = answer.ActivityId, ["value"] = Node(answer.Value) }),
        TrialMove.End end => new JsonObject { ["do"] = "end", ["activity"] = end.ActivityId },
        _ => null,
    };

    /// <summary>What became of the move's messages, up to the last one that did not simply arrive.</summary>
    private static IEnumerable<JsonObject> Fates(TrialSession session, int move)
    {
        var messages = session.MessagesOf(move);
        var last = messages.ToList().FindLastIndex(m => m.Fate != TrialFate.Sent);
        return messages.Take(last + 1).Select(m => Without(new JsonObject
        {
            ["do"] = m.Fate switch { TrialFate.Bounced => "bounced", TrialFate.Refused => "rejected", _ => "delivered" },
            ["reason"] = m.Fate == TrialFate.Sent ? null : m.Why,
        }));
    }

    private static IEnumerable<JsonNode> Then(TrialSession session)
    {
        var trial = session.Trial;
        foreach (var task in trial.Tasks)
            yield return new JsonObject { ["task"] = new JsonObject { ["activity"] = task.ActivityId, ["role"] = task.Request.Role } };
        foreach (var sent in trial.Sent.DistinctBy(m => (m.Script, m.Channel)))
            yield return new JsonObject { ["sent"] = new JsonObject { ["script"] = sent.Script, ["channel"] = sent.Channel } };
        if (trial.Events.LastOrDefault(e => e is { Kind: RunEventKind.Fact, Text: "PhaseChanged" }).Data?.GetValueOrDefault("phase") is string phase)
            yield return new JsonObject { ["phase"] = phase };
        foreach (var started in trial.Started.Distinct())
            yield return new JsonObject { ["started"] = started };
        yield return new JsonObject { ["status"] = session.Run.SubStatus.ToString() };
    }

    private static JsonObject Object(IReadOnlyDictionary<string, object?> values)
    {
        var json = new JsonObject();
        foreach (var (name, value) in values)
            if (value is not null)
                json[name] = Node(value);
        return json;
    }

    private static JsonNode? Node(object? value) => JsonSerializer.SerializeToNode(value);

    private static JsonObject Without(JsonObject json)
    {
        foreach (var empty in json.Where(member => member.Value is null).Select(member => member.Key).ToList())
            json.Remove(empty);
        return json;
    }
}
