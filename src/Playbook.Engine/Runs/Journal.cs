using System.Buffers;
using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>One turn of a run as history keeps it: what woke it and what happened.</summary>
public sealed record JournalEntry(Guid RunId, long Revision, DateTimeOffset At, Stimulus Stimulus, IReadOnlyList<RunEvent> Events);

/// <summary>How a turn is written to and read from the journal; compact, versioned by its first byte.</summary>
public static class Journal
{
    private const byte Version = 1;

    /// <param name="transition">The turn.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="change">What becomes of each text on the way, for a person that is erased; null for nothing.</param>
    public static void Write(Transition transition, IBufferWriter<byte> output, Func<string, string>? change = null)
    {
        var writer = new RunBinaryWriter(output, change);
        writer.Byte(Version);
        StimulusCodec.Write(transition.State.Id, transition.Stimulus, writer);
        writer.Number(transition.Events.Count);
        foreach (var e in transition.Events)
        {
            writer.Byte((byte)((byte)e.Kind | (e.Outcomes is null ? 0 : 32) | (e.Text is null ? 0 : 64) | (e.Data is null ? 0 : 128)));
            writer.Text(e.ActivityId);
            writer.Text(e.ActivityType);
            writer.Number(e.Execution);
            if (e.Outcomes is { } outcomes)
            {
                writer.Number(outcomes.Count);
                foreach (var outcome in outcomes)
                    writer.Text(outcome);
            }

            if (e.Text is not null)
                writer.Text(e.Text);
            if (e.Data is not null)
                writer.Dictionary(e.Data);
        }
    }

    public static JournalEntry Read(Guid runId, long revision, DateTimeOffset at, ReadOnlySpan<byte> bytes)
    {
        var reader = new RunBinaryReader(bytes);
        if (reader.Byte() != Version)
            throw new InvalidDataException("The history was written by another version of Playbook that this one cannot read.");
        var stimulus = StimulusCodec.Read(runId, ref reader);
        var events = new RunEvent[reader.Count()];
        for (var i = 0; i < events.Length; i++)
            events[i] = ReadEvent(ref reader);
        return new JournalEntry(runId, revision, at, stimulus, events);
    }

    private static RunEvent ReadEvent(ref RunBinaryReader reader)
    {
        var flags = reader.Byte();
        var kind = (RunEventKind)(flags & 31);
        var activityId = reader.RequiredText();
        var type = reader.RequiredText();
        var execution = (int)reader.Number();
        string[]? outcomes = null;
        if ((flags & 32) != 0)
        {
            outcomes = new string[reader.Count()];
            for (var i = 0; i < outcomes.Length; i++)
                outcomes[i] = reader.RequiredText();
        }

        return new RunEvent(kind, activityId, type, execution)
        {
            Outcomes = outcomes,
            Text = (flags & 64) != 0 ? reader.Text() : null,
            Data = (flags & 128) != 0 ? reader.Dictionary() : null,
        };
    }
}
