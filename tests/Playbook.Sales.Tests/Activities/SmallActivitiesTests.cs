using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class SmallActivitiesTests
{
    [Fact]
    public void A_phase_is_recorded_with_the_phase_before()
    {
        var context = new FakeContext(new SetPhase())
        {
            Inputs = Object(("Phase", "appointment")),
            Subject = new Subject("opportunity", "o1", Object(("opportunity", Object(("phase", "lead-generation"))))),
        };

        var fact = context.Execute().Effect<Effect.RecordFact>();

        Assert.Equal("PhaseChanged", fact.Name);
        Assert.Equal(Object(("phase", "appointment"), ("from", "lead-generation")), fact.Data);
    }

    [Fact]
    public void A_phase_that_does_not_exist_is_refused_with_those_that_do()
    {
        Assert.Equal(
            "The input 'phase' is 'closing', which is not a phase of the sales process: choose from lead-generation, appointment, close, enrollment, program-design, renewal, upsell.",
            new FakeContext(new SetPhase()) { Inputs = Object(("Phase", "closing")) }.Execute().Reason());
    }

    [Theory]
    [InlineData("Chain")]
    [InlineData("Beside")]
    [InlineData(null)]
    public void Another_playbook_is_started_with_its_input(string? mode)
    {
        var context = new FakeContext(new StartPlaybook()) { Inputs = Object(("Playbook", "appointment"), ("Mode", mode), ("Input", Object(("source", "referral")))) };

        var result = context.Execute();

        Assert.Equal("Started", result.Outcome());
        var start = result.Effect<Effect.StartRun>();
        Assert.Equal("appointment", start.DefinitionId);
        Assert.Equal("referral", start.Input["source"]);
    }

    [Fact]
    public void Starting_a_playbook_wrongly_names_each_mistake()
    {
        var reason = new FakeContext(new StartPlaybook()) { Inputs = Object(("Mode", "After"), ("Input", List(1L))) }.Execute().Reason();

        Assert.Contains("'playbook' is missing", reason, StringComparison.Ordinal);
        Assert.Contains("'mode' is 'After'", reason, StringComparison.Ordinal);
        Assert.Contains("'input' is a list where an object belongs", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_goal_that_is_reached_is_recorded_and_one_that_is_not_leaves_no_trace()
    {
        FakeContext Asked(bool answer) => new(new Goal()) { Inputs = Object(("Condition", JavaScript("won")), ("GoalName", "Client won")), Answers = Object(("won", answer)) };

        var reached = Asked(true).Execute();
        var not = Asked(false).Execute();

        Assert.Equal("Reached", reached.Outcome());
        Assert.Equal(("GoalReached", "Client won"), (reached.Effect<Effect.RecordFact>().Name, reached.Effect<Effect.RecordFact>().Data["goal"]));
        Assert.Equal("Not reached", not.Outcome());
        Assert.Empty(not.Effects);
    }

    [Fact]
    public void A_goal_reads_its_condition_with_Elsas_wrapping_too()
    {
        var context = new FakeContext(new Goal())
        {
            Inputs = Object(("Condition", Object(("typeName", "Boolean"), ("expression", JavaScript("won"))))),
            Answers = Object(("won", true)),
        };

        Assert.Equal("first-call", context.Execute().Effect<Effect.RecordFact>().Data["goal"]);
    }

    [Fact]
    public void A_goal_with_a_broken_or_missing_condition_fails()
    {
        Assert.Contains("'condition' of the goal 'first-call' cannot be evaluated (won is not defined)", new FakeContext(new Goal()) { Inputs = Object(("Condition", JavaScript("won"))) }.Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("'condition' is missing", new FakeContext(new Goal()).Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("'condition' is a list where a condition belongs", new FakeContext(new Goal()) { Inputs = Object(("Condition", List(1L))) }.Execute().Reason(), StringComparison.Ordinal);
    }

    private static FakeContext Booking(params (string Name, object? Value)[] more)
    {
        var inputs = Object(("Role", "prospector"), ("Within", "2.00:00:00"));
        foreach (var (name, value) in more)
            inputs[name] = value;
        return new FakeContext(new BookAppointment()) { Inputs = inputs, Subject = About("c1", ("name", "Ada"), ("time_zone", "Europe/Copenhagen")) };
    }

    [Fact]
    public void Booking_opens_a_task_that_asks_for_the_start_and_expires()
    {
        var context = Booking();

        var result = context.Execute();

        Assert.Equal([Bookmark.Task(), Bookmark.Until(Monday.AddDays(2), "expire"), Bookmark.Invitation()], result.Bookmarks());
        var task = result.Effect<Effect.OpenTask>();
        Assert.Equal(("Book an appointment with Ada", Monday.AddDays(2)), (task.Title, task.DueAt));
        Assert.Equal(("start", "datetime", true), (task.Fields[0].Name, task.Fields[0].Type, task.Fields[0].Required));
        context.Now = Monday.AddDays(2);
        Assert.Equal("Expired", context.Resume(new Stimulus.Due()).Outcome());
    }

    [Theory]
    [InlineData("2026-03-05T14:30")]
    [InlineData("2026-03-05T14:30:00+01:00")]
    [InlineData("2026-03-05T13:30:00Z")]
    public void A_start_without_an_offset_is_the_contacts_time(string start)
    {
        var context = Booking(("Minutes", 45L));
        context.Execute();

        var result = context.Resume(Results.Answered("Booked", ("start", start)));

        var at = new DateTimeOffset(2026, 3, 5, 13, 30, 0, TimeSpan.Zero);
        Assert.Equal(("Booked", at, "Ada"), (result.Outcome(), result.Output("Start"), result.Output("By")));
        var facts = ((ActivityResult.Completed)result).Effects.OfType<Effect.RecordFact>().ToList();
        Assert.Equal(["AppointmentBooked", "PromiseMade"], facts.Select(fact => fact.Name));
        Assert.Equal((at, "Ada"), (facts[1].Data["promised"], facts[1].Data["by"]));
        var fact = facts[0];
        Assert.Equal((at, 45L, "Ada"), (fact.Data["start"], fact.Data["minutes"], fact.Data["by"]));
    }

    [Fact]
    public void Only_a_booked_appointment_needs_a_start()
    {
        var context = Booking();
        context.Execute();

        Assert.Single(context.Resume(Results.Answered("Booked")).Effects.OfType<Effect.OpenTask>());
        Assert.Equal("Declined", context.Resume(Results.Answered("Declined")).Outcome());
        Assert.Equal("No time found", context.Resume(Results.Answered("No time found")).Outcome());
    }
}
