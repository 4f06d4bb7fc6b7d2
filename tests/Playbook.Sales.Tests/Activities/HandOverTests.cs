using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class HandOverTests
{
    private static FakeContext Baton(params (string Name, object? Value)[] more)
    {
        var inputs = Object(("FromRole", "prospector"), ("ToRole", "closer"));
        foreach (var (name, value) in more)
            inputs[name] = value;
        return new FakeContext(new HandOver())
        {
            Inputs = inputs,
            Subject = About("contact-1", ("name", "Ada Lovelace")),
            Answers = Object(("yes", true), ("no", false), ("pain", "Too many spreadsheets"), ("answers", Object(("seats", 40L)))),
        };
    }

    private static List<object?> Criteria(string condition) => List(Object(("label", "Pain is known"), ("condition", JavaScript(condition))));

    [Fact]
    public void Passing_opens_a_task_for_the_receiver_and_records_the_fact()
    {
        var result = Baton(("Criteria", Criteria("yes"))).Execute();

        Assert.Equal([Bookmark.Task(), Bookmark.Until(Monday.AddDays(1), "expire")], result.Bookmarks());
        var task = result.Effect<Effect.OpenTask>();
        Assert.Equal(("closer", "Take over Ada Lovelace", Monday.AddDays(1)), (task.Role, task.Title, task.DueAt));
        Assert.Equal(["Accept", "Return"], task.Outcomes);
        var fact = result.Effect<Effect.RecordFact>();
        Assert.Equal("BatonPassed", fact.Name);
        Assert.Equal(Object(("toRole", "closer"), ("fromRole", "prospector")), fact.Data);
    }

    [Fact]
    public void The_packet_takes_facts_variables_and_members_and_tells_what_is_unknown()
    {
        var task = Baton(("Packet", List("contact.name", "pain", "answers.seats", "contact.email", "budgett"))).Execute().Effect<Effect.OpenTask>();

        Assert.Equal(
            Object(("contact.name", "Ada Lovelace"), ("pain", "Too many spreadsheets"), ("answers.seats", 40L), ("contact.email", null), ("budgett", null)),
            task.Details["packet"]);
        Assert.Equal(["contact.email", "budgett"], (List<object?>)task.Details["unknown"]!);
    }

    [Fact]
    public void Nothing_is_passed_while_a_criterion_is_not_met()
    {
        var result = Baton(("Criteria", Criteria("no"))).Execute();

        Assert.Equal(("Not ready", "Not met: Pain is known."), (result.Outcome(), result.Output("Reason")));
        Assert.Empty(result.Effects);
    }

    [Fact]
    public void A_broken_criterion_fails_and_is_named()
    {
        Assert.Contains("criterion 'Pain is known' whose condition cannot be evaluated", Baton(("Criteria", Criteria("pian"))).Execute().Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void Accepting_is_recorded_with_who_accepted()
    {
        var context = Baton();
        context.Execute();

        var result = context.Resume(Results.Answered("Accept"));

        Assert.Equal(("Accepted", "Ada"), (result.Outcome(), result.Output("By")));
        var fact = result.Effect<Effect.RecordFact>();
        Assert.Equal(("BatonAccepted", "Ada"), (fact.Name, fact.Data["by"]));
    }

    [Fact]
    public void Returning_needs_a_reason_and_records_it()
    {
        var context = Baton(("AcceptWithin", "02:00:00"));
        context.Execute();

        var silent = context.Resume(Results.Answered("Return"));
        var result = context.Resume(Results.Answered("Return", ("reason", "No budget asked")));

        Assert.Equal(["Why it goes back is missing; 'Return' needs it."], (List<object?>)silent.Effect<Effect.OpenTask>().Details["problems"]!);
        Assert.Equal(Monday.AddHours(2), silent.Effect<Effect.OpenTask>().DueAt);
        Assert.Equal(("Returned", "No budget asked"), (result.Outcome(), result.Output("Reason")));
        Assert.Equal(("BatonReturned", "No budget asked"), (result.Effect<Effect.RecordFact>().Name, result.Effect<Effect.RecordFact>().Data["reason"]));
    }

    [Fact]
    public void A_baton_that_nobody_takes_in_time_expires()
    {
        var context = Baton();
        context.Execute();
        context.Now = Monday.AddDays(1);

        Assert.Equal("Expired", context.Resume(new Stimulus.Due()).Outcome());
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData(5L)]
    public void The_time_to_accept_must_be_a_time(object within)
    {
        Assert.StartsWith("The input 'acceptWithin' is ", Baton(("AcceptWithin", within)).Execute().Reason(), StringComparison.Ordinal);
    }
}
