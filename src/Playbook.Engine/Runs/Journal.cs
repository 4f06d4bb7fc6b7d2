using System.Buffers;
using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>One turn of a run as history keeps it: what woke it and what happened.</summary>
public sealed record JournalEntry(Guid RunId, long Revision, DateTimeOffset At, Stimulus Stimulus, IReadOnlyList<RunEvent> Events);

/// <summary>How a turn is written to and read from the journal; compact, versioned by its first byte.</summary>
public static class Journal
{
    public static void Write(Transition transition, IBufferWriter<byte> output) => throw new NotSupportedException("The codec comes with the engine.");

    public static JournalEntry Read(Guid runId, long revision, DateTimeOffset at, ReadOnlySpan<byte> bytes) => throw new NotSupportedException("The codec comes with the engine.");
}
