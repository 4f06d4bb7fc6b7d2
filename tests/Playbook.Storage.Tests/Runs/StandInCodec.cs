using System.Buffers;
using System.Text;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Runs;

/// <summary>Plain bytes for states and turns, about as large as the engine's, until its own codec can be used.</summary>
internal static class StandInCodec
{
    internal static RunCodec Codec { get; } = new(WriteState, ReadState, WriteEntry, ReadEntry);

    /// <summary>How many bytes of variables each state is taken to have.</summary>
    internal static int VariableBytes { get; set; }

    private static void WriteState(RunState state, IBufferWriter<byte> output)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(state.Id.ToByteArray());
        writer.Write(state.DefinitionId);
        writer.Write(state.DefinitionVersionId);
        writer.Write(state.DefinitionVersion);
        Write(writer, state.CreatedAt);
        writer.Write((byte)state.Status);
        writer.Write((byte)state.SubStatus);
        Write(writer, state.Name);
        Write(writer, state.CorrelationId);
        writer.Write(state.Subject.Kind);
        writer.Write(state.Subject.Id);
        Write(writer, state.UpdatedAt);
        Write(writer, state.FinishedAt ?? default);
        writer.Write7BitEncodedInt64(state.Revision);
        writer.Write7BitEncodedInt(state.Bookmarks.Count);
        foreach (var bookmark in state.Bookmarks)
        {
            writer.Write(bookmark.Id);
            writer.Write((byte)bookmark.Kind);
            writer.Write(bookmark.Key);
            writer.Write(bookmark.ActivityId);
            writer.Write7BitEncodedInt(bookmark.Execution);
            writer.Write(bookmark.Name);
            Write(writer, bookmark.DueAt ?? default);
        }

        writer.Write(new byte[VariableBytes]);
        output.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static RunState ReadState(ReadOnlySpan<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var state = new RunState
        {
            Id = new Guid(reader.ReadBytes(16)),
            DefinitionId = reader.ReadString(),
            DefinitionVersionId = reader.ReadString(),
            DefinitionVersion = reader.ReadInt32(),
            CreatedAt = ReadTime(reader),
            Status = (RunStatus)reader.ReadByte(),
            SubStatus = (RunSubStatus)reader.ReadByte(),
            Name = ReadText(reader),
            CorrelationId = ReadText(reader),
            Subject = new(reader.ReadString(), reader.ReadString(), new Dictionary<string, object?>()),
            UpdatedAt = ReadTime(reader),
            FinishedAt = ReadTime(reader) is var finished && finished == default ? null : finished,
            Revision = reader.Read7BitEncodedInt64(),
        };
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            state.Bookmarks.Add(new(
                reader.ReadString(), (BookmarkKind)reader.ReadByte(), reader.ReadString(), reader.ReadString(),
                reader.Read7BitEncodedInt(), reader.ReadString(), ReadTime(reader) is var due && due == default ? null : due));
        }

        return state;
    }

    private static void WriteEntry(Transition transition, IBufferWriter<byte> output)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(transition.Stimulus.BookmarkId ?? "");
        writer.Write7BitEncodedInt(transition.Events.Count);
        foreach (var happened in transition.Events)
        {
            writer.Write((byte)happened.Kind);
            writer.Write(happened.ActivityId);
            writer.Write(happened.ActivityType);
            writer.Write7BitEncodedInt(happened.Execution);
        }

        output.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static JournalEntry ReadEntry(Guid runId, long revision, DateTimeOffset at, ReadOnlySpan<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var bookmark = reader.ReadString();
        var events = new List<RunEvent>();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
            events.Add(new((RunEventKind)reader.ReadByte(), reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt()));
        return new(runId, revision, at, new Stimulus.Due { BookmarkId = bookmark }, events);
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? "");
    }

    private static void Write(BinaryWriter writer, DateTimeOffset time) => writer.Write(time == default ? 0 : time.ToUnixTimeMilliseconds());

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : SkipText(reader);

    private static string? SkipText(BinaryReader reader)
    {
        _ = reader.ReadString();
        return null;
    }

    private static DateTimeOffset ReadTime(BinaryReader reader) =>
        reader.ReadInt64() is var milliseconds && milliseconds == 0 ? default : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
