using Playbook.Abstractions;
using Playbook.Engine.Runs;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>Which runs stand still; written only by the few turns that change it.</summary>
internal sealed class PauseTable(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    private readonly Statement _add = new(connection, """INSERT INTO Pauses (Run, At, "By", Why) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (Run) DO NOTHING""", faults);
    private readonly Statement _remove = new(connection, "DELETE FROM Pauses WHERE Run = ?1", faults);

    internal void Apply(Transition transition, long run)
    {
        if (transition is { Stimulus: Stimulus.Paused, State.Pause: { } pause })
            _add.Bind(1, run).Bind(2, pause.At).Bind(3, pause.By).Bind(4, pause.Reason).Execute();
        else if (transition.Stimulus is Stimulus.Resumed or Stimulus.Cancelled)
            _remove.Bind(1, run).Execute();
    }

    public void Dispose()
    {
        _add.Dispose();
        _remove.Dispose();
    }
}
