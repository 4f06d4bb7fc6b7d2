using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;
using Playbook.Server.Inbound;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Inbound;
using Playbook.Storage.Runs;

namespace Playbook.Server.Tests.Inbound;

/// <summary>A server with a mailbox for trials, and a playbook that writes to a contact, waits, and says through which branch it went on.</summary>
internal sealed class InboundTrial : IAsyncDisposable
{
    private InboundTrial(TrialServer server, TrialChannel mail)
    {
        Server = server;
        Mail = mail;
    }

    public TrialServer Server { get; }
    public TrialChannel Mail { get; }
    public RunStore Store => Server.Server.Services.GetRequiredService<RunStore>();
    public EventInbox Inbox => Store.Inbound;
    public T Part<T>() where T : notnull => Server.Server.Services.GetRequiredService<T>();

    public static async Task<InboundTrial> Start(TrialChannel? mail = null, Uri? publicUrl = null)
    {
        var channel = mail ?? new TrialChannel();
        var trial = new TrialServer { MoreChannels = new Dictionary<ChannelDescription, IChannel> { [TrialChannel.Description] = channel }, PublicUrl = publicUrl };
        return new InboundTrial(await TrialServer.Start(trial, Draw), channel);
    }

    /// <summary>Starts the playbook, lets its message go, and gives the run with the message's key.</summary>
    public async Task<(Guid Run, string Key)> Write(Contact contact, string playbook = "letter")
    {
        var run = Guid.Parse(await Server.Run(playbook, contact.Id));
        await Server.Settle();
        return (run, Store.Queries.Messages(run)[^1].Id);
    }

    /// <summary>Has the channel bring something in and everything done that follows.</summary>
    public async Task Bring(ChannelEvent e, string channel = "email")
    {
        await Part<Inboxes>().Of(channel).Take(e, CancellationToken.None);
        await Server.Settle();
    }

    public async Task<RunState> Run(Guid id) => (await Store.Get(id))!;

    /// <summary>What woke the run and what it did, in the words of its history.</summary>
    public async Task<string> History(Guid run)
    {
        var turns = (await Server.Get($"/api/runs/{run}/history")).AsArray();
        return string.Join('\n', turns.Select(turn => $"{turn!["because"]} {string.Join(' ', turn["happened"]!.AsArray().Select(h => (string)h!))}"));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static void Draw(string folder)
    {
        Flow(folder, "letter", leaves: false);
        Flow(folder, "impatient", leaves: true);
        Drawing.Write(folder, "two-letters", [Drawing.Message("first", "hello"), Drawing.Reply("wait", "3.00:00:00"), Drawing.Message("second", "hello")], ("hello.sbn", "Subject: Hello again\n\nHi {{ contact.first_name }}"));
        Drawing.Write(folder, "later", [Drawing.Event("go", "go"), Drawing.Message("mail", "hello")], ("hello.sbn", "Subject: Hello\n\nHi {{ contact.first_name }}"));
    }

    private static void Flow(string folder, string id, bool leaves)
    {
        string[] ports = ["Replied", "No reply", "Bounced", "Unsubscribed", "Complained", "Auto-reply"];
        var wait = Drawing.Reply("wait", "3.00:00:00");
        if (leaves)
            wait["leaveOnAutoReply"] = Drawing.Literal("true", "Boolean");
        JsonObject[] lines = [.. ports.Select(port => Drawing.Line($"on-{port}", $"went through {port}"))];
        var flow = new JsonObject
        {
            ["id"] = "flow", ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray([Drawing.Message("mail", "hello"), wait, .. lines]),
            ["connections"] = new JsonArray([Connection("mail", "Sent", "wait"), .. ports.Select(port => (JsonNode)Connection("wait", port, $"on-{port}"))]),
        };
        Drawing.Write(folder, id, [flow], ("hello.sbn", "Subject: Hello\n\nHi {{ contact.first_name }}"));
    }

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };
}
