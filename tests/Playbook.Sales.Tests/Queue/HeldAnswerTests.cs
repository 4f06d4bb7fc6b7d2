using Playbook.Sales.Queue;

namespace Playbook.Sales.Tests.Queue;

public sealed class HeldAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_answer_is_held_for_half_a_minute() => Assert.Equal(Now.AddSeconds(30), HeldAnswer.TakenAt(Now, Now.AddHours(1)));

    [Fact]
    public void An_answer_is_taken_before_something_of_the_run_comes_due() => Assert.True(HeldAnswer.TakenAt(Now, Now.AddSeconds(10)) < Now.AddSeconds(10));

    [Fact]
    public void An_answer_to_a_run_that_is_due_already_is_not_held() => Assert.Equal(Now, HeldAnswer.TakenAt(Now, Now.AddSeconds(-5)));

    [Fact]
    public void Undoing_a_move_turns_round_what_it_changed()
    {
        var move = new TaskMove { Id = Guid.NewGuid(), TaskId = "t", Kind = TaskMoveKind.Delegated, At = Now, By = "Ada", OwnerBefore = null, OwnerAfter = "Bo", SnoozedBefore = Now, SnoozedAfter = null, Why = "ill" };

        var back = move.Back(Guid.NewGuid(), Now.AddSeconds(3), "Ada");

        Assert.Equal((TaskMoveKind.Undone, "Bo", null, null, Now, "Delegated"), (back.Kind, back.OwnerBefore, back.OwnerAfter, back.SnoozedBefore, back.SnoozedAfter!.Value, back.Why));
    }
}
