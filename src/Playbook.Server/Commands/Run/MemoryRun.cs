using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;

namespace Playbook.Server.Commands.Run;

/// <summary>Drives one run, and those that it starts, in memory until nothing more happens by itself.</summary>
internal sealed class MemoryRun
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(36_500);

    private readonly MemoryRunStore _store = new();
    private readonly RunHost _host;
    private readonly InternalEffects _effects;
    private readonly ScenarioClock? _skipping;
    private readonly Action<string> _note;

    public MemoryRun(FolderWorkflows workflows, Action<Transition> committed, bool skipWaits, Action<string> note)
    {
        _skipping = skipWaits ? new ScenarioClock(TimeProvider.System.GetUtcNow()) : null;
        _note = note;
        var sources = new RunSources
        {
            Version = id => ValueTask.FromResult(workflows.Version(id)),
            Published = name => ValueTask.FromResult(workflows.Published(name)),
        };
        _host = new RunHost(workflows.Parts.Engine, new WatchedStore(_store, committed), sources, _skipping ?? TimeProvider.System);
        _effects = new InternalEffects(_host);
    }

    public async Task<RunState> Run(PlaybookDefinition definition, IReadOnlyDictionary<string, object?> input, CancellationToken cancellation)
    {
        var run = await _host.Start(definition, new StartRequest { Input = input }, cancellation);
        while (await DoEffects(cancellation) || await _host.TakeDue(100, cancellation) > 0 || SkipToNextWait())
            cancellation.ThrowIfCancellationRequested();
        return await _store.Get(run.Id, cancellation) ?? run;
    }

    private async Task<bool> DoEffects(CancellationToken cancellation)
    {
        var items = await _store.ClaimOutbox(_host.Clock.GetUtcNow(), 100, Forever, null, cancellation);
        foreach (var item in items)
        {
            try
            {
                if (!await _effects.Do(item, cancellation))
                    _note($"{item.ActivityId}: {Undone(item.Effect)}");
            }
            catch (InvalidOperationException e)
            {
                _note($"{item.ActivityId}: {e.Message}");
            }
        }

        return items.Count > 0;
    }

    private bool SkipToNextWait()
    {
        if (_skipping is null || _store.Runs.Min(r => r.NextDueAt) is not { } next)
            return false;
        _skipping.MoveTo(next);
        return true;
    }

    private static string Undone(Effect effect) => effect switch
    {
        Effect.SendMessage message => $"the message {message.Script} by {message.Channel} is not sent; this run is only tried out.",
        Effect.CallHttp call => $"the request {call.Method} {call.Url} is not made; this run is only tried out.",
        Effect.RequestWork work => $"the task {work.TaskName} waits for a program to do it.",
        _ => "it asks for something that is not done when a run is only tried out.",
    };
}
