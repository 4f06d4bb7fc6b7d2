using System.Buffers;
using Playbook.Engine.Runs;

namespace Playbook.Storage.Runs;

/// <summary>How states and journal entries become bytes.</summary>
internal sealed record RunCodec(
    Action<RunState, IBufferWriter<byte>> WriteState,
    RunCodec.StateReader ReadState,
    Action<Transition, IBufferWriter<byte>> WriteEntry,
    RunCodec.EntryReader ReadEntry)
{
    internal delegate RunState StateReader(ReadOnlySpan<byte> bytes);

    internal delegate JournalEntry EntryReader(Guid runId, long revision, DateTimeOffset at, ReadOnlySpan<byte> bytes);

    internal static RunCodec OfTheEngine { get; } = new((state, output) => state.Write(output), RunState.Read, Journal.Write, Journal.Read);
}
