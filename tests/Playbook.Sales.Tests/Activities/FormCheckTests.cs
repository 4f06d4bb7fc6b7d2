using Playbook.Abstractions;
using Playbook.Sales.Activities;

namespace Playbook.Sales.Tests.Activities;

public sealed class FormCheckTests
{
    private static string? Problem(FormField field, object? value, string outcome = "Interested") =>
        FormCheck.Problems([field], outcome, new Dictionary<string, object?> { [field.Name] = value }).GetValueOrDefault(field.Name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void A_required_field_must_hold_something(string? value)
    {
        Assert.Equal("Pain is missing.", Problem(new FormField("pain", "Pain") { Required = true }, value));
        Assert.Null(Problem(new FormField("pain", "Pain"), value));
    }

    [Fact]
    public void A_field_required_for_one_outcome_may_stay_empty_for_another()
    {
        var field = new FormField("pain", "Pain") { Required = true, RequiredFor = ["Interested"] };

        Assert.Equal("Pain is missing; 'Interested' needs it.", Problem(field, null));
        Assert.Null(Problem(field, null, "Not now"));
    }

    [Theory]
    [InlineData("number", "forty", "F is not a number.")]
    [InlineData("number", 0L, "F must be 1 or more.")]
    [InlineData("number", "1.5e2", "F must be 100 or less.")]
    [InlineData("number", 12.5, null)]
    [InlineData("date", "2026-02-30", "F is not a date; write it as 2026-03-02.")]
    [InlineData("date", "2026-02-28", null)]
    [InlineData("datetime", "tomorrow", "F is not a date and time; write it as 2026-03-02T14:30.")]
    [InlineData("datetime", "3", "F is not a date and time; write it as 2026-03-02T14:30.")]
    [InlineData("datetime", "2026-03-02T14:30", null)]
    [InlineData("datetime", "2026-03-02T14:30:00+01:00", null)]
    [InlineData("checkbox", "maybe", "F is either ticked or not; answer true or false.")]
    [InlineData("checkbox", "true", null)]
    [InlineData("choice", "C", "F must be one of A, B.")]
    [InlineData("choice", "A", null)]
    [InlineData("email", "ada@example", "F is not an e-mail address, such as ada@example.com.")]
    [InlineData("email", "ada@exam ple.com", "F is not an e-mail address, such as ada@example.com.")]
    [InlineData("email", "ada@example.com", null)]
    [InlineData("phone", "12", "F is not a phone number, such as +45 12 34 56 78.")]
    [InlineData("phone", "+45 12 34 56 78", null)]
    [InlineData("text", 5L, "F is not a text.")]
    public void Each_kind_of_field_knows_what_fits_it(string type, object value, string? problem)
    {
        var field = new FormField("f", "F", type) { Min = 1, Max = 100, Options = ["A", "B"] };

        Assert.Equal(problem, Problem(field, value));
    }

    [Fact]
    public void A_required_checkbox_must_be_ticked()
    {
        Assert.Equal("Consent must be ticked.", Problem(new FormField("consent", "Consent", "checkbox") { Required = true }, false));
    }

    [Fact]
    public void A_pattern_must_match_the_whole_text()
    {
        var field = new FormField("code", "Code") { Pattern = "A|B" };

        Assert.Null(Problem(field, "B"));
        Assert.Equal("Code does not have the form that is asked for (A|B).", Problem(field, "AB"));
        Assert.Equal("Code does not have the form that is asked for (A|B).", Problem(field, "B\nC"));
    }

    [Fact]
    public void A_pattern_that_runs_wild_is_stopped_and_blamed()
    {
        var field = new FormField("code", "Code") { Pattern = "(a+)+" };

        Assert.Contains("too slow", Problem(field, new string('a', 40) + "!"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_the_form_does_not_have_is_refused_and_the_right_names_are_given()
    {
        var problems = FormCheck.Problems([new FormField("pain", "Pain")], "Done", new Dictionary<string, object?> { ["pian"] = "x" });

        Assert.Equal("This step has no field 'pian'; its fields are pain.", problems["pian"]);
    }

    [Fact]
    public void An_outcome_that_the_task_does_not_offer_is_refused_by_name()
    {
        var task = new Effect.OpenTask("task", "closer", "Close") { Outcomes = ["Won", "Lost"] };

        Assert.Equal("'won' is not an outcome of this step; choose from Won, Lost.", FormCheck.Problems(task, "won", new Dictionary<string, object?>())[FormCheck.OutcomeKey]);
        Assert.Empty(FormCheck.Problems(task, "Won", new Dictionary<string, object?>()));
    }

    [Fact]
    public void Answers_are_typed_and_blank_ones_are_left_out()
    {
        FormField[] fields = [new("seats", "Seats", "number"), new("share", "Share", "number"), new("ok", "Ok", "checkbox"), new("note", "Note"), new("blank", "Blank")];
        var answers = FormCheck.Answers(fields, new Dictionary<string, object?> { ["seats"] = "40", ["share"] = 0.25, ["ok"] = "true", ["note"] = " hi ", ["blank"] = " " });

        Assert.Equal(new Dictionary<string, object?> { ["seats"] = 40L, ["share"] = 0.25, ["ok"] = true, ["note"] = "hi" }, answers);
    }
}
