using System.Globalization;
using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>The stored form of a stimulus.</summary>
internal static class StimulusCodec
{
    private const byte WithEvent = 128;
    private const byte OldBounced = 6;

    public static void Write(Guid runId, Stimulus stimulus, RunBinaryWriter writer)
    {
        writer.Byte((byte)(KindOf(stimulus) | (stimulus.EventId is null ? 0 : WithEvent)));
        if (stimulus.EventId is not null)
            writer.Text(stimulus.EventId);
        WriteBookmarkId(runId, stimulus.BookmarkId, writer);
        writer.Flag(stimulus.Facts is not null);
        if (stimulus.Facts is { } facts)
        {
            writer.Text(facts.Kind);
            writer.Text(facts.Id);
            writer.Dictionary(facts.Facts);
        }

        switch (stimulus)
        {
            case Stimulus.Started s:
                writer.Dictionary(s.Input);
                writer.Text(s.TriggerActivityId);
                break;
            case Stimulus.Signalled s:
                writer.Text(s.Name);
                writer.Value(s.Payload);
                break;
            case Stimulus.TaskCompleted s:
                writer.Text(s.Outcome);
                writer.Dictionary(s.Fields);
                writer.Text(s.By);
                if (s.Written is not { } written)
                    break;
                writer.Text(written.Subject);
                writer.Text(written.Text);
                break;
            case Stimulus.Delivered s:
                writer.Text(s.ProviderId);
                break;
            case Stimulus.Rejected s:
                writer.Text(s.Reason);
                break;
            case Stimulus.Bounced s:
                writer.Text(s.Reason);
                writer.Byte((byte)s.Kind);
                break;
            case Stimulus.Replied s:
                writer.Text(s.Text);
                writer.Text(s.Channel);
                if (s.PossibleOptOut is not null)
                    writer.Text(s.PossibleOptOut);
                break;
            case Stimulus.AutoReplied s:
                writer.Text(s.Text);
                writer.Text(s.Channel);
                writer.Time(s.ReturnsAt);
                break;
            case Stimulus.Complained s:
                writer.Text(s.Channel);
                break;
            case Stimulus.Unsubscribed s:
                writer.Text(s.Wording);
                writer.Text(s.Channel);
                break;
            case Stimulus.ContactAnswered s:
                writer.Text(s.Answer);
                writer.Dictionary(s.Data);
                break;
            case Stimulus.RunFinished s:
                writer.Id(s.RunId);
                writer.Text(s.SubStatus);
                writer.Dictionary(s.Output);
                break;
            case Stimulus.Answered s:
                writer.Value(s.Value);
                break;
            case Stimulus.Repaired s:
                writer.Text(s.IncidentId);
                writer.Flag(s.Skip);
                writer.Text(s.Outcome);
                break;
            case Stimulus.Cancelled s:
                writer.Text(s.Reason);
                writer.Text(s.By);
                break;
            case Stimulus.Paused s:
                writer.Text(s.Reason);
                writer.Text(s.By);
                break;
            case Stimulus.Resumed s:
                writer.Text(s.Reason);
                writer.Text(s.By);
                writer.Time(s.NotBefore);
                break;
            case Stimulus.Moved s:
                writer.Text(s.ActivityId);
                writer.Text(s.Reason);
                writer.Text(s.By);
                writer.Number(s.Revision ?? -1);
                writer.Number(s.Withdrawn.Count);
                foreach (var id in s.Withdrawn)
                    writer.Text(id);
                break;
            case Stimulus.GivenUp s:
                writer.Text(s.OutboxId);
                writer.Text(s.ActivityId);
                writer.Text(s.Reason);
                break;
        }
    }

    public static Stimulus Read(Guid runId, ref RunBinaryReader reader)
    {
        var first = reader.Byte();
        var kind = (byte)(first & ~WithEvent);
        var eventId = (first & WithEvent) != 0 ? reader.RequiredText() : null;
        var bookmarkId = ReadBookmarkId(runId, ref reader);
        var facts = reader.Flag() ? new Subject(reader.RequiredText(), reader.RequiredText(), reader.Dictionary()) : null;
        Stimulus stimulus = kind switch
        {
            0 => new Stimulus.Started(reader.Dictionary()) { TriggerActivityId = reader.Text() },
            1 => new Stimulus.Due(),
            2 => new Stimulus.Signalled(reader.RequiredText(), reader.Value()),
            3 => new Stimulus.TaskCompleted(reader.RequiredText(), reader.Dictionary(), reader.Text()),
            21 => new Stimulus.TaskCompleted(reader.RequiredText(), reader.Dictionary(), reader.Text()) { Written = new WrittenMessage(reader.Text(), reader.RequiredText()) },
            4 => new Stimulus.Delivered(reader.Text()),
            5 => new Stimulus.Rejected(reader.RequiredText()),
            OldBounced => new Stimulus.Bounced(reader.RequiredText(), reader.Flag() ? BounceKind.Hard : BounceKind.Soft),
            7 => new Stimulus.Replied(reader.Text(), reader.Text()),
            8 => new Stimulus.RunFinished(reader.Id(), reader.RequiredText(), reader.Dictionary()),
            9 => new Stimulus.Answered(reader.Value()),
            10 => new Stimulus.Repaired(reader.RequiredText(), reader.Flag(), reader.Text()),
            11 => new Stimulus.Cancelled(reader.Text(), reader.Text()),
            12 => new Stimulus.Bounced(reader.RequiredText(), reader.Choice<BounceKind>()),
            13 => new Stimulus.Replied(reader.Text(), reader.Text()) { PossibleOptOut = reader.Text() },
            14 => new Stimulus.AutoReplied(reader.Text(), reader.Text(), reader.OptionalTime()),
            15 => new Stimulus.Complained(reader.Text()),
            16 => new Stimulus.Unsubscribed(reader.RequiredText(), reader.Text()),
            17 => new Stimulus.ContactAnswered(reader.RequiredText(), reader.Dictionary()),
            20 => new Stimulus.GivenUp(reader.RequiredText(), reader.RequiredText(), reader.RequiredText()),
            22 => new Stimulus.Paused(reader.Text(), reader.Text()),
            23 => new Stimulus.Resumed(reader.Text(), reader.Text()) { NotBefore = reader.OptionalTime() },
            24 => ReadMoved(ref reader),
            _ => throw new InvalidDataException("The history holds a stimulus that this Playbook does not know; update it."),
        };
        return stimulus with { BookmarkId = bookmarkId, EventId = eventId, Facts = facts };
    }

    private static Stimulus.Moved ReadMoved(ref RunBinaryReader reader)
    {
        var moved = new Stimulus.Moved(reader.RequiredText(), reader.Text(), reader.Text());
        var revision = reader.Number();
        var withdrawn = new List<string>();
        for (var left = reader.Count(); left > 0; left--)
            withdrawn.Add(reader.RequiredText());
        return moved with { Revision = revision < 0 ? null : revision, Withdrawn = withdrawn };
    }

    /// <summary>A run's own bookmark is stored as its number alone.</summary>
    private static void WriteBookmarkId(Guid runId, string? id, RunBinaryWriter writer)
    {
        var own = id is not null && id.StartsWith($"{runId:N}-", StringComparison.Ordinal) && long.TryParse(id.AsSpan(33), CultureInfo.InvariantCulture, out _);
        writer.Number(id is null ? 0 : own ? long.Parse(id.AsSpan(33), CultureInfo.InvariantCulture) : -1);
        if (id is not null && !own)
            writer.Text(id);
    }

    private static string? ReadBookmarkId(Guid runId, ref RunBinaryReader reader) => reader.Number() switch
    {
        0 => null,
        -1 => reader.RequiredText(),
        var number => $"{runId:N}-{number}",
    };

    private static byte KindOf(Stimulus stimulus) => stimulus switch
    {
        Stimulus.Started => 0,
        Stimulus.Due => 1,
        Stimulus.Signalled => 2,
        Stimulus.TaskCompleted { Written: null } => 3,
        Stimulus.Delivered => 4,
        Stimulus.Rejected => 5,
        Stimulus.Replied { PossibleOptOut: null } => 7,
        Stimulus.RunFinished => 8,
        Stimulus.Answered => 9,
        Stimulus.Repaired => 10,
        Stimulus.Cancelled => 11,
        Stimulus.Bounced => 12,
        Stimulus.Replied => 13,
        Stimulus.AutoReplied => 14,
        Stimulus.Complained => 15,
        Stimulus.Unsubscribed => 16,
        Stimulus.ContactAnswered => 17,
        Stimulus.GivenUp => 20,
        Stimulus.TaskCompleted => 21,
        Stimulus.Paused => 22,
        Stimulus.Resumed => 23,
        Stimulus.Moved => 24,
        _ => throw new InvalidOperationException($"There is no stored form of {stimulus.GetType().Name}."),
    };
}
