using System.Text.Encodings.Web;
using System.Text.Json;
using Playbook.Engine.Runs;

namespace Playbook.Server.Commands.Run;

/// <summary>
/// What a run writes to standard output: its written lines or, as a trace, one JSON object for each event. In a trace
/// the written text stands on the Completed of the activity that wrote it, a fault's message on its Faulted.
/// </summary>
internal sealed class RunOutput(Stream output, bool trace) : IDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BufferedStream _output = new(output, 64 * 1024);
    private readonly Dictionary<(Guid Run, int Execution), string> _written = [];
    private Guid? _main;
    private int _seq;

    public void Write(Transition transition)
    {
        // The first run is the one that was asked for; those that it starts are marked with their own id.
        _main ??= transition.State.Id;
        foreach (var e in transition.Events)
            if (trace)
                Trace(transition.State, e);
            else if (e.Kind == RunEventKind.LineWritten)
                _output.Write(System.Text.Encoding.UTF8.GetBytes((e.Text ?? "") + '\n'));
        _output.Flush();
    }

    public void Dispose() => _output.Dispose();

    private void Trace(RunState run, RunEvent e)
    {
        if (e.Kind == RunEventKind.LineWritten)
            _written[(run.Id, e.Execution)] = e.Text ?? "";
        if (e.Kind > RunEventKind.Canceled)
            return;
        using var json = new Utf8JsonWriter(_output, Json);
        json.WriteStartObject();
        json.WriteNumber("seq", ++_seq);
        json.WriteString("activityId", e.ActivityId);
        json.WriteString("type", e.ActivityType);
        json.WriteString("event", e.Kind == RunEventKind.Canceled ? "Cancelled" : e.Kind.ToString());
        if (e.Kind == RunEventKind.Completed)
        {
            json.WriteStartArray("outcomes");
            foreach (var outcome in e.Outcomes ?? ["Done"])
                json.WriteStringValue(outcome);
            json.WriteEndArray();
        }

        if ((e.Kind == RunEventKind.Completed && _written.Remove((run.Id, e.Execution), out var line) ? line : e.Text) is { } text)
            json.WriteString("text", text);
        if (run.Id != _main)
            json.WriteString("run", run.Id.ToString("N"));
        json.WriteEndObject();
        json.Flush();
        _output.WriteByte((byte)'\n');
    }
}
