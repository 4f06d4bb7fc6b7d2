using System.Text;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Activities;

namespace Playbook.Benchmarks.Durable;

/// <summary>A playbook of six waits on the real engine: a delay, a message's fate, a reply, a rep's task, and two delays more.</summary>
internal static class SixWaits
{
    internal const int Waits = 6;

    private const string Json = """
        {"definitionId":"cold-outreach","id":"0192a7c4d5e67f8091a2b3c4d5e6f708","version":3,
         "variables":[{"id":"v1","name":"stage","typeName":"String","value":"prospecting"},{"id":"v2","name":"attempts","typeName":"Int32","value":"3"},{"id":"v3","name":"note","typeName":"String","value":"Asked for a call after the fair; speaks Danish."}],
         "root":{"id":"outreach","type":"Elsa.Flowchart","activities":[
          {"id":"pause-after-fair","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"1.00:00:00"}}},
          {"id":"intro-mail","type":"Playbook.SendMessage","channel":{"typeName":"String","expression":{"type":"Literal","value":"email"}},"script":{"typeName":"String","expression":{"type":"Literal","value":"intro"}}},
          {"id":"intro-reply","type":"Playbook.WaitForReply","timeLimit":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"3.00:00:00"}}},
          {"id":"call-back","type":"Playbook.GuidedStep","role":{"typeName":"String","expression":{"type":"Literal","value":"prospector"}},"title":{"typeName":"String","expression":{"type":"Literal","value":"Call back"}},"outcomes":{"typeName":"String[]","expression":{"type":"Object","value":"[\"Done\"]"}}},
          {"id":"pause-after-call","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"7.00:00:00"}}},
          {"id":"last-pause","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"30.00:00:00"}}}],
          "connections":[
          {"source":{"activity":"pause-after-fair","port":"Done"},"target":{"activity":"intro-mail","port":"In"}},
          {"source":{"activity":"intro-mail","port":"Sent"},"target":{"activity":"intro-reply","port":"In"}},
          {"source":{"activity":"intro-reply","port":"Replied"},"target":{"activity":"call-back","port":"In"}},
          {"source":{"activity":"call-back","port":"Done"},"target":{"activity":"pause-after-call","port":"In"}},
          {"source":{"activity":"pause-after-call","port":"Done"},"target":{"activity":"last-pause","port":"In"}}]}}
        """;

    private static readonly Dictionary<string, object?> Facts = new()
    {
        ["contact"] = new Dictionary<string, object?> { ["firstName"] = "Karen", ["lastName"] = "Holm", ["email"] = "karen.holm@example.dk", ["timeZone"] = "Europe/Copenhagen" },
        ["account"] = new Dictionary<string, object?> { ["name"] = "Nordlys A/S", ["country"] = "DK", ["employees"] = 140L },
        ["rep"] = new Dictionary<string, object?> { ["name"] = "Jonas", ["email"] = "jonas@example.dk" },
    };

    private static readonly ActivityCatalog Catalog = new(BuiltInActivities.All, SalesActivities.All);
    private static readonly RunEngine Engine = new(Catalog, new ExpressionEvaluator());
    private static readonly PlaybookDefinition Definition = new DefinitionCompiler(Catalog.Descriptions).Compile(Encoding.UTF8.GetBytes(Json)).Definition!;

    internal static Transition Start(Guid id, DateTimeOffset now) =>
        Engine.Advance(Definition, RunEngine.NewRun(Definition, id, new Subject("contact", id.ToString("N"), Facts), now), new Stimulus.Started(new Dictionary<string, object?>()), now)!;

    /// <summary>The turn that follows when what the run waits for comes.</summary>
    internal static Transition Advance(RunState state, DateTimeOffset now)
    {
        var bookmark = state.Bookmarks[0];
        Stimulus stimulus = bookmark.Kind switch
        {
            BookmarkKind.Delivery => new Stimulus.Delivered("eml"),
            BookmarkKind.Reply => new Stimulus.Replied("Call me on Thursday", "email"),
            BookmarkKind.Task => new Stimulus.TaskCompleted("Done", new Dictionary<string, object?>(), "Jonas"),
            _ => new Stimulus.Due(),
        };
        return Engine.Advance(Definition, state, stimulus with { BookmarkId = bookmark.Id }, now) ?? throw new InvalidOperationException("The engine refused what the run waits for.");
    }
}
