using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;

namespace Playbook.Server.Pages.Designer.TryIt;

/// <summary>A trial as it stands after a move.</summary>
public sealed record TrialView(DateTimeOffset Now, bool IsOver, RunSubStatus Status, IReadOnlyList<TrialWait> Waits, IReadOnlyList<TrialLine> Lines, IReadOnlyList<Incident> Incidents, int Moves)
{
    /// <summary>Which messages of the last move there are, in its order.</summary>
    public IReadOnlyList<TrialMessage> LastMessages { get; init; } = [];

    /// <summary>Where the canvas should look: what waits, or what was done last.</summary>
    public string? Place => Waits.Count > 0 ? Waits[0].ActivityId : Lines.LastOrDefault(line => line.ActivityId.Length > 0)?.ActivityId;

    public static TrialView Of(TrialSession session, ScriptTemplates templates)
    {
        ArgumentNullException.ThrowIfNull(session);
        var run = session.Run;
        return new TrialView(session.Trial.Clock.GetUtcNow(), RunLifecycle.IsOver(run), run.SubStatus, TrialWaits.Of(session, templates), new TrialPath(session).Lines(),
            [.. run.Incidents.Where(incident => !incident.Resolved)], session.Moves.Count)
        {
            LastMessages = session.MessagesOf(session.Moves.Count - 1),
        };
    }
}

/// <summary>One person's trial of a playbook: moves are made away from the page's own thread, one at a time, and can be given up.</summary>
public sealed class TryOut(RunEngine engine, ScriptTemplates templates) : IDisposable
{
    private CancellationTokenSource? _running;

    public TrialSession? Session { get; private set; }
    public TrialView? View { get; private set; }
    public bool IsBusy => _running is not null;

    /// <summary>A move began or ended. Raised on the thread that asked for the move.</summary>
    public event Action? Changed;

    /// <summary>Why the last move was not possible; null where it was.</summary>
    public string? Problem { get; private set; }

    public Task Begin(TriedPlaybook playbook, TrialGiven given) => Work(async stop =>
    {
        Session = await TrialSession.Begin(engine, playbook, given, stop);
        return null;
    });

    public Task Do(TrialMove move) => Work(stop => Session!.Do(move, stop));

    /// <summary>Lets time pass until a moment.</summary>
    public Task JumpTo(DateTimeOffset moment) => Do(new TrialMove.Wait(moment - View!.Now));

    public Task Undo() => Quietly(stop => Session!.Undo(stop));

    public Task Restart() => Quietly(stop => Session!.Restart(stop));

    public Task Foresee(int message, Stimulus fate) => Quietly(stop => Session!.Foresee(message, fate, stop));

    /// <summary>Goes the same way on a changed playbook, as far as it still leads.</summary>
    public Task Follow(TriedPlaybook playbook) => Work(async stop =>
        await Session!.Follow(playbook, stop) is { } why ? $"The playbook was changed, and the way that you went ends here now: {why}." : null);

    /// <summary>Gives up what is being worked on.</summary>
    public void Stop() => _running?.Cancel();

    public void End()
    {
        Stop();
        Session = null;
        View = null;
        Problem = null;
    }

    public void Dispose() => End();

    private Task Quietly(Func<CancellationToken, Task> work) => Work(async stop =>
    {
        await work(stop);
        return null;
    });

    private async Task Work(Func<CancellationToken, Task<string?>> work)
    {
        if (IsBusy)
            return;
        using var running = new CancellationTokenSource();
        _running = running;
        Problem = null;
        Changed?.Invoke();
        try
        {
            (Problem, View) = await Task.Run(async () =>
            {
                var problem = await work(running.Token);
                return (problem, Session is null ? null : TrialView.Of(Session, templates));
            }, running.Token);
        }
        catch (ScenarioException fault)
        {
            Problem = fault.Message;
        }
        catch (OperationCanceledException)
        {
            Problem = "It was stopped; nothing of the last move counts.";
        }
        finally
        {
            _running = null;
            Changed?.Invoke();
        }
    }
}
