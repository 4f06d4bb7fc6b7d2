using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Server.Commands.Conformance;

/// <summary>
/// Runs a case as it was recorded: bursts, with the oldest bookmark resumed between them, the state written and read
/// and the definition read again. What happened is given in the same JSON shape as the expectation.
/// </summary>
internal sealed class ConformanceRun(RunEngine engine, DefinitionCompiler compiler)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <param name="case">The case.</param>
    /// <param name="forgets">
    /// What is taken out of the state between bursts, as Elsa loses it over a wait: shows that a difference is that loss
    /// and nothing else.
    /// </param>
    public JsonObject Run(ConformanceCase @case, Forgets forgets = Forgets.Nothing)
    {
        var compiled = Compile(@case);
        if (compiled.Definition is not { } definition)
            return new JsonObject { ["importError"] = string.Join("; ", compiled.Diagnostics.Select(d => d.Message)) };

        var now = Start;
        var events = new List<RunEvent>();
        var suspensions = new JsonArray();
        var state = RunEngine.NewRun(definition, Guid.CreateVersion7(now), Subject.None, now);
        Stimulus stimulus = new Stimulus.Started((IReadOnlyDictionary<string, object?>)Plain(@case.Input)!);
        var resumes = new Queue<JsonObject>(@case.Suspensions.OfType<JsonObject>().Select(s => s["resume"]).OfType<JsonObject>());
        while (true)
        {
            var transition = engine.Advance(definition, state, stimulus, now) ?? throw new InvalidOperationException("The engine refused the stimulus.");
            state = transition.State;
            events.AddRange(transition.Events);
            if (state.Status == RunStatus.Finished || !resumes.TryDequeue(out var resume))
                break;
            var activityId = resume["activityId"]?.ToString();
            var suspension = new JsonObject
            {
                ["afterEvents"] = events.Count(IsActivityEvent),
                ["afterLines"] = events.Count(e => e.Kind == RunEventKind.LineWritten),
                ["status"] = state.Status.ToString(),
                ["subStatus"] = state.SubStatus.ToString(),
                ["bookmarks"] = new JsonArray([.. state.Bookmarks.Select(b => new JsonObject { ["name"] = b.Name, ["activityId"] = b.ActivityId })]),
                ["resume"] = resume.DeepClone(),
            };
            suspensions.Add(suspension);
            if (state.Bookmarks.Find(b => b.ActivityId == activityId) is not { } bookmark)
                break;
            now = now.AddSeconds(1);
            stimulus = bookmark.Kind == BookmarkKind.Due
                ? new Stimulus.Due { BookmarkId = bookmark.Id }
                : new Stimulus.Signalled(bookmark.Key, resume["payload"]?.ToString()) { BookmarkId = bookmark.Id };
            state = Reload(state);
            definition = Compile(@case).Definition!;
            Forget(@case, definition, state, forgets);
        }

        return Report(definition, state, events, suspensions);
    }

    private CompileResult Compile(ConformanceCase @case) => compiler.Compile(Encoding.UTF8.GetBytes(@case.Definition.ToJsonString()));

    private static RunState Reload(RunState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        state.Write(buffer);
        return RunState.Read(buffer.WrittenSpan);
    }

    private static void Forget(ConformanceCase @case, PlaybookDefinition definition, RunState state, Forgets forgets)
    {
        if (forgets.HasFlag(Forgets.Variables))
        {
            var kept = Declared(@case, "variables", "storageDriverTypeName");
            for (var i = 0; i < definition.Variables.Count; i++)
                if (!kept.Contains(definition.Variables[i].Name))
                    state.Variables[i] = RunEngine.DefaultOf(definition.Variables[i]);
        }

        if (forgets.HasFlag(Forgets.Inputs))
        {
            var kept = Declared(@case, "inputs", "storageDriverType");
            state.Input = state.Input.Where(p => kept.Contains(p.Key)).ToDictionary();
        }
    }

    /// <summary>The names of what is declared with a storage driver.</summary>
    private static HashSet<string?> Declared(ConformanceCase @case, string member, string driver) =>
        [.. (@case.Definition[member] as JsonArray ?? []).OfType<JsonObject>().Where(v => v[driver] is not null).Select(v => v["name"]?.ToString())];

    private static bool IsActivityEvent(RunEvent e) => e.Kind <= RunEventKind.Canceled;

    private static JsonObject Report(PlaybookDefinition definition, RunState state, List<RunEvent> events, JsonArray suspensions)
    {
        var report = new JsonObject
        {
            ["status"] = state.Status.ToString(),
            ["subStatus"] = state.SubStatus.ToString(),
            ["events"] = new JsonArray([.. events.Where(IsActivityEvent).Select(EventJson)]),
            ["lines"] = new JsonArray([.. events.Where(e => e.Kind == RunEventKind.LineWritten).Select(e => (JsonNode)(e.Text ?? ""))]),
            ["variables"] = new JsonObject(definition.Variables.Select((v, i) => KeyValuePair.Create(v.Name, Json(state.Variables[i])))),
            ["output"] = new JsonObject((state.Output ?? []).Select(p => KeyValuePair.Create(p.Key, Json(p.Value)))),
            ["incidents"] = new JsonArray([.. state.Incidents.Select(i => new JsonObject { ["activityId"] = i.ActivityId, ["message"] = i.Message })]),
            ["bookmarksLeft"] = new JsonArray([.. state.Bookmarks.Select(b => (JsonNode)b.ActivityId)]),
            ["suspensions"] = suspensions,
        };
        if (state.Name is not null)
            report["name"] = state.Name;
        if (state.CorrelationId is not null)
            report["correlationId"] = state.CorrelationId;
        return report;
    }

    private static JsonObject EventJson(RunEvent e)
    {
        var json = new JsonObject { ["activityId"] = e.ActivityId, ["type"] = e.ActivityType, ["event"] = e.Kind.ToString() };
        if (e.Outcomes is not null)
            json["outcomes"] = new JsonArray([.. e.Outcomes.Select(o => (JsonNode)o)]);
        return json;
    }

    private static JsonNode? Json(object? value) => JsonSerializer.SerializeToNode(value);

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject json => json.ToDictionary(p => p.Key, p => Plain(p.Value)),
        JsonArray array => array.Select(Plain).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => value.TryGetValue<long>(out var whole) ? whole : value.GetValue<double>(),
        },
        _ => null,
    };
}

/// <summary>What Elsa loses over a wait and we keep.</summary>
[Flags]
internal enum Forgets
{
    Nothing = 0,
    Variables = 1,
    Inputs = 2,
}
