using System.Buffers;
using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>The stored form of a run's state. The first byte is the format's version.</summary>
public static class RunStateCodec
{
    private const byte Version = 1;
    private const int ResolvedFlag = 1;
    private const int HeldFlag = 2;

    /// <summary>As version 1, with the events taken at the end.</summary>
    private const byte WithEvents = 2;

    /// <summary>As that, with the pause behind them.</summary>
    private const byte WithPause = 3;

    extension(RunState)
    {
        /// <summary>Reads what was written; bytes after it are ignored. Throws <see cref="InvalidDataException"/> on damaged bytes.</summary>
        public static RunState Read(ReadOnlySpan<byte> bytes) => FromBytes(bytes);
    }

    /// <summary>Writes everything that reading needs.</summary>
    /// <param name="state">The state.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="change">What becomes of each text on the way, for a person that is erased; null for nothing.</param>
    public static void Write(this RunState state, IBufferWriter<byte> output, Func<string, string>? change = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        var writer = new RunBinaryWriter(output, change);
        writer.Byte(state.Pause is not null ? WithPause : state.Taken is null ? Version : WithEvents);
        writer.Id(state.Id);
        writer.Text(state.DefinitionId);
        writer.Text(state.DefinitionVersionId);
        writer.Number(state.DefinitionVersion);
        writer.Time(state.CreatedAt);
        writer.Time(state.UpdatedAt);
        writer.Time(state.FinishedAt);
        writer.Flag(state.ParentRunId is not null);
        if (state.ParentRunId is { } parent)
            writer.Id(parent);
        writer.Text(state.ParentBookmarkId);
        writer.Byte((byte)state.SubStatus);
        writer.Text(state.Name);
        writer.Text(state.CorrelationId);
        writer.Text(state.TriggerActivityId);
        writer.Text(state.Subject.Kind);
        writer.Text(state.Subject.Id);
        writer.Dictionary(state.Subject.Facts);
        writer.Number(state.Revision);
        writer.Number(state.Draws);
        writer.Number(state.NextExecution);
        writer.Number(state.NextBookmark);
        writer.Number(state.NextEffect);
        writer.Number(state.Variables.Length);
        foreach (var value in state.Variables)
            writer.Value(value);
        Optional(writer, state.ScriptVariables);
        writer.Dictionary(state.Input);
        Optional(writer, state.Output);
        Optional(writer, state.Results);
        writer.Value(state.LastResult);
        writer.Number(state.PreviousOutcomes?.Count ?? 0);
        foreach (var (step, outcome) in state.PreviousOutcomes ?? [])
        {
            writer.Text(step);
            writer.Text(outcome);
        }

        writer.Number(state.Executions.Count);
        foreach (var execution in state.Executions)
            ExecutionCodec.Write(execution, state.Executions, writer);
        writer.Number(state.Bookmarks.Count);
        foreach (var bookmark in state.Bookmarks)
            WriteBookmark(state.Id, bookmark, writer);
        writer.Number(state.Incidents.Count);
        foreach (var incident in state.Incidents)
        {
            writer.Text(incident.Id);
            writer.Text(incident.ActivityId);
            writer.Text(incident.ActivityType);
            writer.Number(incident.Execution);
            writer.Text(incident.Message);
            writer.Time(incident.At);
            writer.Byte((byte)((incident.Resolved ? ResolvedFlag : 0) | (incident.Held is null ? 0 : HeldFlag)));
            if (incident.Held is not { } held)
                continue;
            writer.Text(held.OutboxId);
            writer.Text(held.BookmarkId);
        }

        writer.Number(state.Deferred?.Count ?? 0);
        foreach (var stimulus in state.Deferred ?? [])
            StimulusCodec.Write(state.Id, stimulus, writer);
        if (state.Taken is null && state.Pause is null)
            return;
        writer.Number(state.Taken?.Count ?? 0);
        foreach (var (eventId, before) in state.Taken ?? [])
        {
            writer.Text(eventId);
            writer.Number(before);
        }

        if (state.Pause is not { } pause)
            return;
        writer.Time(pause.At);
        writer.Text(pause.Reason);
        writer.Text(pause.By);
    }

    private static RunState FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new RunBinaryReader(bytes);
        var version = reader.Byte();
        if (version is not (Version or WithEvents or WithPause))
            throw new InvalidDataException("The run was written by another version of Playbook that this one cannot read.");
        var id = reader.Id();
        var state = new RunState
        {
            Id = id,
            DefinitionId = reader.RequiredText(),
            DefinitionVersionId = reader.RequiredText(),
            DefinitionVersion = (int)reader.Number(),
            CreatedAt = reader.Time(),
            UpdatedAt = reader.Time(),
            FinishedAt = reader.OptionalTime(),
            ParentRunId = reader.Flag() ? reader.Id() : null,
            ParentBookmarkId = reader.Text(),
            SubStatus = reader.Choice<RunSubStatus>(),
            Name = reader.Text(),
            CorrelationId = reader.Text(),
            TriggerActivityId = reader.Text(),
            Subject = new Subject(reader.RequiredText(), reader.RequiredText(), reader.Dictionary()),
            Revision = reader.Number(),
            Draws = reader.Number(),
            NextExecution = reader.Whole(),
            NextBookmark = reader.Whole(),
            NextEffect = reader.Whole(),
        };
        state.Status = RunStatuses.Of(state.SubStatus);
        state.Variables = new object?[reader.Count()];
        for (var i = 0; i < state.Variables.Length; i++)
            state.Variables[i] = reader.Value();
        state.ScriptVariables = ReadOptional(ref reader);
        state.Input = reader.Dictionary();
        state.Output = ReadOptional(ref reader);
        state.Results = ReadOptional(ref reader);
        state.LastResult = reader.Value();
        for (var rest = reader.Count(); rest > 0; rest--)
        {
            var step = reader.RequiredText();
            (state.PreviousOutcomes ??= [])[step] = reader.RequiredText();
        }

        ExecutionCodec.ReadAll(ref reader, state.Executions);
        for (var rest = reader.Count(); rest > 0; rest--)
            state.Bookmarks.Add(ReadBookmark(id, ref reader));
        for (var rest = reader.Count(); rest > 0; rest--)
            state.Incidents.Add(ReadIncident(ref reader));
        for (var rest = reader.Count(); rest > 0; rest--)
            (state.Deferred ??= []).Add(StimulusCodec.Read(id, ref reader));
        if (version is WithEvents or WithPause)
            for (var rest = reader.Count(); rest > 0; rest--)
                (state.Taken ??= []).Add(new TakenEvent(reader.RequiredText(), reader.Whole()));
        if (version == WithPause)
            state.Pause = new RunPause(reader.Time(), reader.Text(), reader.Text());
        return state;
    }

    private static Incident ReadIncident(ref RunBinaryReader reader)
    {
        var incident = new Incident(reader.RequiredText(), reader.RequiredText(), reader.RequiredText(), (int)reader.Number(), reader.RequiredText(), reader.Time());
        var flags = reader.Byte();
        return incident with
        {
            Resolved = (flags & ResolvedFlag) != 0,
            Held = (flags & HeldFlag) != 0 ? new HeldEffect(reader.RequiredText(), reader.Text()) : null,
        };
    }

    private static void Optional(RunBinaryWriter writer, Dictionary<string, object?>? dictionary)
    {
        writer.Flag(dictionary is not null);
        if (dictionary is not null)
            writer.Dictionary(dictionary);
    }

    private static Dictionary<string, object?>? ReadOptional(ref RunBinaryReader reader) => reader.Flag() ? reader.Dictionary() : null;

    private static void WriteBookmark(Guid runId, RunBookmark bookmark, RunBinaryWriter writer)
    {
        // A bookmark's id is the run's with a number: only the number is stored.
        writer.Number(long.Parse(bookmark.Id.AsSpan(33), System.Globalization.CultureInfo.InvariantCulture));
        writer.Byte((byte)bookmark.Kind);
        writer.Text(bookmark.Key);
        writer.Text(bookmark.ActivityId);
        writer.Number(bookmark.Execution);
        writer.Text(bookmark.Name);
        writer.Time(bookmark.DueAt);
    }

    private static RunBookmark ReadBookmark(Guid runId, ref RunBinaryReader reader) =>
        new($"{runId:N}-{reader.Number()}", reader.Choice<BookmarkKind>(), reader.RequiredText(), reader.RequiredText(), (int)reader.Number(), reader.RequiredText(), reader.OptionalTime());
}
