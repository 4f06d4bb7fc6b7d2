using System.Buffers;
using FsCheck.Xunit;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Tests.Runs;

/// <summary>The stored forms of runs and of their history.</summary>
public sealed class CodecProperties
{
    private const int Seeds = 1_000_000;

    [Property(MaxTest = 100, StartSize = 1, EndSize = Seeds)]
    public void A_state_that_is_written_read_and_written_again_gives_the_same_bytes(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(15, (_, _, transition) =>
        {
            if (transition is null)
                return;
            var bytes = TestRun.Bytes(transition.State);
            Assert.Equal(bytes, TestRun.Bytes(RunState.Read(bytes)));
            var turn = Written(transition);
            var entry = Journal.Read(transition.State.Id, transition.State.Revision, transition.At, turn);
            Assert.Equal(turn, Written(new Transition { State = transition.State, At = entry.At, Stimulus = entry.Stimulus, Events = entry.Events }));
        });
    }

    [Property(MaxTest = 100, StartSize = 1, EndSize = Seeds)]
    public void Damaged_bytes_are_said_to_be_damaged_and_nothing_else_happens(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(6);
        var random = new Random(seed);
        foreach (var transition in walk.Transitions)
        {
            var state = TestRun.Bytes(transition.State);
            var turn = Written(transition);
            for (var i = 0; i < 60; i++)
            {
                OnlyInvalidData(Spoil(state, random), bytes => TestRun.Bytes(RunState.Read(bytes)));
                OnlyInvalidData(Spoil(turn, random), bytes => Journal.Read(Guid.Empty, 1, TestRun.Noon, bytes));
            }
        }
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_are_a_state_or_said_to_be_damaged(byte[] bytes)
    {
        byte[] versioned = [1, .. bytes];
        OnlyInvalidData(versioned, b => RunState.Read(b));
        OnlyInvalidData(versioned, b => Journal.Read(Guid.Empty, 1, TestRun.Noon, b));
    }

    [Fact]
    public void Values_nested_without_end_in_damaged_bytes_do_not_exhaust_the_stack()
    {
        // A journal entry: version, Answered (9), no bookmark, no facts, then lists of one list of one list …
        byte[] bytes = [1, 9, 0, 0, .. Enumerable.Repeat<byte[]>([13, 2], 500_000).SelectMany(b => b)];
        Assert.Throws<InvalidDataException>(() => Journal.Read(Guid.Empty, 1, TestRun.Noon, bytes));
    }

    [Fact]
    public void Every_kind_of_stimulus_and_value_comes_back_as_it_was()
    {
        var values = new Dictionary<string, object?>
        {
            ["int"] = -5, ["long"] = long.MinValue, ["double"] = double.NaN, ["decimal"] = -1.50m, ["text"] = "a\u0000é😀", ["none"] = null, ["flag"] = true,
            ["time"] = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromMinutes(-570)), ["edge"] = DateTimeOffset.MaxValue, ["utc"] = new DateTime(2026, 3, 2, 1, 2, 3, DateTimeKind.Utc),
            ["span"] = TimeSpan.MinValue, ["id"] = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), ["list"] = new List<object?> { 1, new Dictionary<string, object?> { [""] = "x" } },
        };
        var facts = new Subject("contact", "c", values);
        Stimulus[] all =
        [
            new Stimulus.Started(values) { TriggerActivityId = "e" }, new Stimulus.Due(), new Stimulus.Signalled("n", values), new Stimulus.TaskCompleted("Done", values, null),
            new Stimulus.TaskCompleted("Sent", values, "me") { Written = new WrittenMessage(null, "Hej Åse") }, new Stimulus.Paused("Summer", "me"), new Stimulus.Resumed(null, null) { NotBefore = TestRun.Noon },
            new Stimulus.Delivered(null), new Stimulus.Rejected("r"), new Stimulus.Bounced("b", BounceKind.Policy), new Stimulus.Replied("t", null), new Stimulus.RunFinished(Guid.Empty, "Faulted", values),
            new Stimulus.Answered(1.0), new Stimulus.Repaired("i1", true, "Again"), new Stimulus.Cancelled(null, "me"), new Stimulus.GivenUp("r-e1", "mail", "refused"),
            new Stimulus.Replied("please stop", "email") { PossibleOptOut = "stop", EventId = "email:e1" }, new Stimulus.AutoReplied("away", "email", TestRun.Noon) { EventId = "email:e2" },
            new Stimulus.AutoReplied(null, null, null), new Stimulus.Complained("email") { EventId = "email:e3" }, new Stimulus.Unsubscribed("STOP", "sms"), new Stimulus.ContactAnswered("proposed", values),
            new Stimulus.Moved("call", "They want to talk", "me") { Revision = 7, Withdrawn = ["r-e1", "r-e2"] }, new Stimulus.Moved("call", null, null),
        ];
        foreach (var stimulus in all.Select(s => s with { Facts = facts, BookmarkId = "b-1" }))
        {
            var state = new RandomWalk(1).First;
            var written = Written(new Transition { State = state, At = TestRun.Noon, Stimulus = stimulus });
            var read = Journal.Read(state.Id, 1, TestRun.Noon, written).Stimulus;
            Assert.IsType(stimulus.GetType(), read);
            Assert.Equal(stimulus.EventId, read.EventId);
            Assert.True(RunValues.Same(values, read.Facts!.Facts));
            Assert.Equal(written, Written(new Transition { State = state, At = TestRun.Noon, Stimulus = read }));
        }
    }

    private static byte[] Spoil(byte[] good, Random random)
    {
        byte[] bytes = [.. good];
        for (var i = random.Next(1, 4); i > 0; i--)
            bytes[random.Next(1, bytes.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
        return random.Next(4) == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;
    }

    private static void OnlyInvalidData(byte[] bytes, Action<byte[]> read)
    {
        try
        {
            read(bytes);
        }
        catch (InvalidDataException e)
        {
            Assert.NotEmpty(e.Message);
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.GetType().Name} for {Convert.ToBase64String(bytes)}: {e}");
        }
    }

    private static byte[] Written(Transition transition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Journal.Write(transition, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
