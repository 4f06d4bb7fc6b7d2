using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class GuidedStepTests
{
    private static FakeContext Call(params (string Name, object? Value)[] more)
    {
        var inputs = Object(("Role", "prospector"), ("Title", "Call Ada"), ("Outcomes", List("Interested", "Not now")));
        foreach (var (name, value) in more)
            inputs[name] = value;
        return new FakeContext(new GuidedStep()) { Inputs = inputs };
    }

    [Fact]
    public void Opens_a_task_for_the_role_and_waits_for_the_person_without_any_timer()
    {
        var result = Call(("Script", "first-call"), ("Channel", "phone"), ("DoneWhen", "We spoke."), ("Category", "connect")).Execute();

        Assert.Equal([Bookmark.Task()], result.Bookmarks());
        var task = result.Effect<Effect.OpenTask>();
        Assert.Equal(("task", "prospector", "Call Ada"), (task.Key, task.Role, task.Title));
        Assert.Equal(("first-call", "phone", "We spoke."), (task.Script, task.Channel, task.DoneWhen));
        Assert.Equal(["Interested", "Not now"], task.Outcomes);
        Assert.Equal("connect", task.Details["category"]);
        Assert.Null(task.DueAt);
    }

    [Fact]
    public void Counts_due_escalation_and_expiry_from_the_time_of_the_turn()
    {
        var context = Call(("Due", "04:00:00"), ("EscalateAfter", TimeSpan.FromDays(1)), ("ExpireAfter", "3.00:00:00"));

        var result = context.Execute();

        Assert.Equal(Monday.AddHours(4), result.Effect<Effect.OpenTask>().DueAt);
        Assert.Equal(
            [Bookmark.Task(), Bookmark.Until(Monday.AddDays(1), "escalate"), Bookmark.Until(Monday.AddDays(3), "expire")],
            result.Bookmarks());
    }

    [Fact]
    public void In_business_hours_a_due_time_at_night_moves_to_the_next_morning_of_the_contact()
    {
        var context = Call(("Due", "10:00:00"), ("BusinessHours", true));
        context.Subject = About("contact-1", ("time_zone", "Europe/Copenhagen"));

        Assert.Equal(new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero), context.Execute().Effect<Effect.OpenTask>().DueAt);
    }

    [Fact]
    public void Escalates_once_to_the_manager_and_goes_on_waiting()
    {
        var context = Call(("EscalateAfter", "04:00:00"), ("ExpireAfter", "3.00:00:00"));
        context.Execute();
        context.Now = Monday.AddHours(4);

        var first = context.Resume(new Stimulus.Due());
        var again = context.Resume(new Stimulus.Due());

        Assert.Empty(first.Bookmarks());
        Assert.Equal(new Effect.EscalateTask("task", "manager"), first.Effect<Effect.EscalateTask>());
        Assert.Empty(again.Effects);
    }

    [Fact]
    public void Escalates_to_the_role_that_is_named()
    {
        var context = Call(("EscalateAfter", "04:00:00"), ("EscalateTo", "closer"));
        context.Execute();
        context.Now = Monday.AddHours(5);

        Assert.Equal("closer", context.Resume(new Stimulus.Due()).Effect<Effect.EscalateTask>().ToRole);
    }

    [Fact]
    public void Expires_rather_than_escalates_when_an_outage_let_both_times_pass()
    {
        var context = Call(("EscalateAfter", "04:00:00"), ("ExpireAfter", "3.00:00:00"));
        context.Execute();
        context.Now = Monday.AddDays(4);

        var result = context.Resume(new Stimulus.Due());

        Assert.Equal("Expired", result.Outcome());
        Assert.Empty(result.Effects);
    }

    [Fact]
    public void Woken_too_early_it_asks_again_for_the_next_planned_time()
    {
        var context = Call(("EscalateAfter", "04:00:00"), ("ExpireAfter", "3.00:00:00"));
        context.Execute();
        context.Now = Monday.AddHours(1);

        Assert.Equal([Bookmark.Until(Monday.AddHours(4), "again")], context.Resume(new Stimulus.Due()).Bookmarks());
    }

    [Fact]
    public void Planned_times_survive_being_stored_as_text()
    {
        var context = Call(("ExpireAfter", "3.00:00:00"));
        context.Execute();
        context.Memo["expireAt"] = "2026-03-05T09:00:00+00:00";
        context.Now = Monday.AddDays(3);

        Assert.Equal("Expired", context.Resume(new Stimulus.Due()).Outcome());
    }

    [Fact]
    public void Leaves_through_the_outcome_with_the_typed_answers_and_who_gave_them()
    {
        var context = Call(("Fields", List(Object(("name", "seats"), ("label", "Seats"), ("type", "number")))));
        context.Execute();

        var result = context.Resume(Results.Answered("Interested", ("seats", "40")));

        Assert.Equal("Interested", result.Outcome());
        Assert.Equal("Interested", result.Output("Outcome"));
        Assert.Equal("Ada", result.Output("By"));
        Assert.Equal(Object(("seats", 40L)), result.Output("Fields"));
    }

    [Theory]
    [InlineData(null, "email")]
    [InlineData("E-mail", "email")]
    [InlineData("SMS", "sms")]
    [InlineData("E-mail and SMS", "email", "sms")]
    public void A_verbal_opt_in_is_a_consent_to_the_channels_that_it_was_given_for(string? consentFor, params string[] scopes)
    {
        var fields = List(Object(("name", "consent_wording"), ("label", "Words")), Object(("name", "consent_for"), ("label", "For")));
        var context = Call(("Outcomes", List("Verbal opt-in")), ("Channel", "phone"), ("Fields", fields));
        context.Execute();

        var result = context.Resume(Results.Answered("Verbal opt-in", ("consent_wording", "Yes, do."), ("consent_for", consentFor)));

        var facts = result.Effects.OfType<Effect.RecordFact>().ToList();
        Assert.Equal(scopes, facts.Select(fact => fact.Data["scope"]));
        Assert.All(facts, fact => Assert.Equal(("ConsentGiven", "Yes, do.", "phone"), (fact.Name, fact.Data["wording"], fact.Data["channel"])));
    }

    [Fact]
    public void An_outcome_that_is_not_drawn_opens_the_task_again_with_its_old_due_time_and_says_why()
    {
        var context = Call(("Due", "04:00:00"));
        context.Execute();
        context.Now = Monday.AddHours(2);

        var result = context.Resume(Results.Answered("Sold"));

        Assert.Equal([Bookmark.Task()], result.Bookmarks());
        var task = result.Effect<Effect.OpenTask>();
        Assert.Equal(Monday.AddHours(4), task.DueAt);
        Assert.Equal(["'Sold' is not an outcome of this step; choose from Interested, Not now."], (List<object?>)task.Details["problems"]!);
    }

    [Fact]
    public void A_missing_required_field_opens_the_task_again_and_keeps_what_was_written()
    {
        var field = Object(("name", "pain"), ("label", "What hurts"), ("requiredFor", List("Interested")));
        var context = Call(("Fields", List(field, Object(("name", "note")))));
        context.Execute();

        var task = context.Resume(Results.Answered("Interested", ("note", "nice"))).Effect<Effect.OpenTask>();

        Assert.Equal(["What hurts is missing; 'Interested' needs it."], (List<object?>)task.Details["problems"]!);
        Assert.Equal(Object(("note", "nice")), task.Details["answers"]);
        Assert.Equal("Not now", context.Resume(Results.Answered("Not now")).Outcome());
    }

    [Fact]
    public void Names_everything_that_is_wrong_with_its_inputs_at_once()
    {
        var context = new FakeContext(new GuidedStep())
        {
            Inputs = Object(("Title", List("x")), ("Outcomes", "[broken"), ("Due", "soon"), ("Fields", List("pain", Object(("name", "a"), ("type", "slider"))))),
        };

        var reason = context.Execute().Reason();

        Assert.Contains("The input 'role' is missing: name the role that does the step", reason, StringComparison.Ordinal);
        Assert.Contains("The input 'title' is a list where a text belongs", reason, StringComparison.Ordinal);
        Assert.Contains("The input 'due' is the text 'soon', which is not a length of time", reason, StringComparison.Ordinal);
        Assert.Contains("The input 'fields' has the text 'pain' in place 1 where a field belongs", reason, StringComparison.Ordinal);
        Assert.Contains("unknown type 'slider'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_two_outcomes_of_one_name()
    {
        Assert.Contains("names 'Yes' twice", Call(("Outcomes", List("Yes", "Yes"))).Execute().Reason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-1.00:00:00")]
    [InlineData("9000.00:00:00")]
    public void Refuses_an_expiry_that_is_past_or_beyond_all_reason(string expiry)
    {
        Assert.StartsWith("The input 'expireAfter' is ", Call(("ExpireAfter", expiry)).Execute().Reason(), StringComparison.Ordinal);
    }
}
