using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer.Scenarios;

/// <summary>
/// The scenarios of a playbook and how they go: run again after each change, away from the page's thread; what is outdated
/// is given up. Results of before stand until there are new ones.
/// </summary>
public sealed class ScenarioBoard(ScenarioSuite suite) : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;
    private string? _of;

    /// <summary>Null until they have been read.</summary>
    public IReadOnlyList<ScenarioRow>? Rows { get; private set; }

    public bool IsRunning => _running is not null;

    /// <summary>Why they do not run; null where they do.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Something has changed. Raised on any thread.</summary>
    public event Action? Changed;

    public ScenarioTally? Tally => Rows is null ? null : new ScenarioTally(Rows.Count(row => row.Passed), Rows.Count, IsRunning);

    /// <summary>Runs all of them on a version; nothing where these very contents have run or are running.</summary>
    /// <param name="contentHash">What tells the version's contents from others.</param>
    /// <param name="playbook">The version; null where it does not compile.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="again">Run them even so.</param>
    public async Task Run(string contentHash, CompiledPlaybook? playbook, IReadOnlyList<ContentText> texts, bool again = false)
    {
        if (Begin(contentHash, again) is not { } running)
            return;
        try
        {
            var rows = Lay(ScenarioSuite.Read(texts));
            Stopped = playbook is null ? "The drawing has errors that stop it from being run. Mend them first: see Problems." : null;
            Changed?.Invoke();
            if (playbook is not null)
                await suite.Run(playbook, rows, row => Take(running, row), running.Token);
        }
        catch (OperationCanceledException)
        {
            // A later change is under way already.
        }
        finally
        {
            End(running);
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _running?.Cancel();
    }

    private CancellationTokenSource? Begin(string contentHash, bool again)
    {
        lock (_gate)
        {
            if (_of == contentHash && !again)
                return null;
            _running?.Cancel();
            _of = contentHash;
            return _running = new CancellationTokenSource();
        }
    }

    private IReadOnlyList<ScenarioRow> Lay(IReadOnlyList<ScenarioRow> rows)
    {
        lock (_gate)
        {
            var before = Rows?.ToDictionary(row => row.File, row => row.Result, StringComparer.Ordinal) ?? [];
            return Rows = [.. rows.Select(row => row with { Result = before.GetValueOrDefault(row.File) })];
        }
    }

    private void Take(CancellationTokenSource running, ScenarioRow done)
    {
        lock (_gate)
        {
            if (_running != running)
                return;
            Rows = [.. Rows!.Select(row => row.File == done.File ? done : row)];
        }

        Changed?.Invoke();
    }

    private void End(CancellationTokenSource running)
    {
        lock (_gate)
            if (_running == running)
                _running = null;
        running.Dispose();
        Changed?.Invoke();
    }
}
