using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Runs;

/// <summary>The process dies before or after each of its writes in turn; the next one carries on where the store stands.</summary>
public sealed class CrashTests
{
    private static DefinitionBuilder[] Playbooks =>
    [
        new DefinitionBuilder(Draw.Flow("f",
            [
                Draw.Line("begin"), Draw.Fork("fork", "A", "B"),
                Draw.Activity("Elsa.BulkDispatchWorkflows", "bulk", ("workflowDefinitionId", Draw.Literal("child")), ("items", Draw.Js("[1, 2, 3]")), ("childCompleted", Draw.Line("one more"))),
                Draw.Step("call", "escalate"), Draw.Step("mail", "message"), Draw.Join("join", "WaitAll"),
                Draw.Activity("Elsa.PublishEvent", "publish", ("eventName", Draw.Literal("done"))), Draw.Line("end"),
            ],
            "begin>fork", "fork:A>bulk", "fork:B>call", "call>mail", "bulk:Completed>join", "mail>join", "join>publish", "publish>end"), "main"),
        new DefinitionBuilder(Draw.Sequence("s", Draw.Delay("pause"), Draw.LineJs("item", "getInput('Item')")), "child"),
        new DefinitionBuilder(Draw.Sequence("s", Draw.Event("first", "done"), Draw.Line("heard"), Draw.Event("second", "done")), "listener"),
    ];

    [Fact]
    public async Task A_crash_at_any_write_loses_nothing_and_repeats_nothing()
    {
        var smooth = await Scenario(int.MaxValue, true);
        Assert.Contains("main Finished: begin one more one more one more end", smooth.Outcome);
        Assert.Contains("listener Suspended: heard", smooth.Outcome);
        Assert.True(smooth.Writes > 15, $"only {smooth.Writes} writes");
        for (var write = 1; write <= smooth.Writes; write++)
            foreach (var afterwards in new[] { false, true })
                Assert.Equal($"{write} {smooth.Outcome}", $"{write} {(await Scenario(write, afterwards)).Outcome}");
    }

    /// <summary>Everything that has to be done, tried again from the top by the next process whenever one dies.</summary>
    private static async Task<(string Outcome, int Writes)> Scenario(int dieAt, bool afterwards)
    {
        var writes = 0;
        var run = new TestRun(store => new CrashingStore(new WriteCounter(store, () => writes++), dieAt, afterwards), Playbooks);
        var sent = new Dictionary<string, int>();
        var died = 0;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                await Everything(run, sent);
                break;
            }
            catch (ProcessDiedException)
            {
                Assert.Equal(1, ++died);
                run.HostOver(new WriteCounter(run.Store, () => writes++));
                // The dead process's claims run out.
                run.Clock.Advance(TimeSpan.FromMinutes(2));
            }
        }

        Assert.All(sent.Values, count => Assert.Equal(1, count));
        Assert.Empty(run.Store.Tasks);
        Assert.Empty(await run.Store.ClaimOutbox(run.Clock.GetUtcNow().AddDays(1), 10, TimeSpan.Zero));
        var runs = run.Store.Runs.Select(r => $"{r.DefinitionId} {r.SubStatus}: {string.Join(' ', run.EventsOf(r.Id).Where(e => e.Kind == RunEventKind.LineWritten).Select(e => e.Text))}").Order();
        return ($"{string.Join('\n', runs)}\n{sent.Count} sent", writes);
    }

    private static async Task Everything(TestRun run, Dictionary<string, int> sent)
    {
        var main = new Guid("00000000-0000-7000-8000-000000000001");
        var listener = new Guid("00000000-0000-7000-8000-000000000002");
        await run.Host.Start(run["listener"], new StartRequest { Id = listener });
        await run.Host.Start(run["main"], new StartRequest { Id = main });
        await run.Work();
        if (run.Of(main).Bookmarks.Find(b => b.Kind == BookmarkKind.Task) is { } task)
        {
            if (run.Clock.GetUtcNow() < TestRun.Noon.AddDays(2))
                await run.Wait(TimeSpan.FromDays(2));
            await run.Host.Take(main, new Stimulus.TaskCompleted("Done", new Dictionary<string, object?>(), "rep") { BookmarkId = task.Id });
        }

        await run.Wait(TimeSpan.FromDays(2));
        await run.Work();
        foreach (var item in run.Outside)
        {
            // A channel is asked again after a crash and knows the message by its key.
            sent.TryAdd(item.Id, 1);
            await run.Host.Take(item.RunId, new Stimulus.Delivered("m-1") { BookmarkId = item.BookmarkId }, new OutboxDone(item.Id, null));
        }

        await run.Work();
    }

    private sealed class WriteCounter(IRunStore store, Action written) : StoreDecorator(store)
    {
        public override async ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default)
        {
            await base.Commit(transitions, done, cancellationToken);
            written();
        }

        public override async ValueTask<IReadOnlyList<OutboxItem>> ClaimOutbox(DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost = null, CancellationToken cancellationToken = default)
        {
            written();
            return await base.ClaimOutbox(now, max, lease, atMost, cancellationToken);
        }
    }
}
