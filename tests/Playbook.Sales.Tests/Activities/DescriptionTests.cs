using Playbook.Abstractions;
using Playbook.Sales.Activities;

namespace Playbook.Sales.Tests.Activities;

public sealed class DescriptionTests
{
    private static readonly object?[] Junk =
        [null, "", "junk", "[1", true, 7L, -1.5, double.NaN, TimeSpan.Zero, TimeSpan.MaxValue, TimeSpan.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.MinValue,
            FakeContext.List(), FakeContext.List(null, "x", 1L), FakeContext.Object(), FakeContext.Object(("type", 1L), ("value", null)),
            FakeContext.List(FakeContext.Object(("name", 1L), ("label", null), ("options", "x"), ("condition", FakeContext.List()))), new()];

    public static TheoryData<string> Types => [.. SalesActivities.All.Select(activity => activity.Description.Type)];

    [Fact]
    public void The_eleven_activities_have_a_type_each()
    {
        Assert.Equal(
            ["Playbook.BookAppointment", "Playbook.Experiment", "Playbook.Goal", "Playbook.GuidedStep", "Playbook.HandOver", "Playbook.Qualify", "Playbook.SendMessage", "Playbook.SetPhase", "Playbook.StartPlaybook", "Playbook.WaitForReply", "Playbook.WaitUntil"],
            SalesActivities.All.Select(activity => activity.Description.Type).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_description_is_complete(string type)
    {
        var description = SalesActivities.All.Single(activity => activity.Description.Type == type).Description;

        Assert.StartsWith("Sales/", description.Category, StringComparison.Ordinal);
        Assert.NotNull(description.Icon);
        Assert.Matches("^#[0-9A-F]{6}$", description.Color);
        Assert.EndsWith(".", description.Text, StringComparison.Ordinal);
        Assert.All(description.Inputs, input => Assert.NotNull(input.DisplayName));
        // An input stands beside what Elsa itself keeps on an activity, and its clients read those as plain values.
        Assert.All(description.Inputs, input => Assert.DoesNotContain(input.Name, (IEnumerable<string>)["Id", "NodeId", "Name", "Type", "Version", "CustomProperties", "Metadata"]));
        Assert.All(description.Inputs, input => Assert.EndsWith(".", input.Text, StringComparison.Ordinal));
        Assert.All(description.Inputs.Where(input => input.Name.EndsWith("Role", StringComparison.Ordinal)), input => Assert.Equal("role", input.References));
        if (description.OutcomesFrom is { } from)
            Assert.Contains(description.Inputs, input => input.Name == from && input.Type == "String[]");
        if (description.TimeLimitInput is { } limit)
            Assert.Contains(description.Inputs, input => input.Name == limit && input.Type == "TimeSpan");
        if (description.IsHumanStep)
            Assert.Contains(description.Inputs, input => input is { References: "role", Required: true });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Junk_in_any_input_gives_a_result_and_never_an_exception(string type)
    {
        var activity = SalesActivities.All.Single(activity => activity.Description.Type == type);
        foreach (var input in activity.Description.Inputs)
            foreach (var junk in Junk)
            {
                var context = new FakeContext(activity) { Inputs = Good(activity) };
                context.Inputs[input.Name] = junk;
                Assert.NotNull(context.Execute());
                foreach (var stimulus in new Stimulus[] { new Stimulus.Due(), Results.Answered("junk", ("x", junk)), Results.Answered("Booked", ("start", junk)) })
                    Assert.NotNull(context.Resume(stimulus));
            }
    }

    private static Dictionary<string, object?> Good(IActivity activity) => activity.Description.Inputs.Where(input => input.Required).ToDictionary(
        input => input.Name,
        object? (input) => input.Type switch
        {
            "TimeSpan" => "1.00:00:00",
            "String[]" => FakeContext.List("A", "B"),
            "Boolean" => FakeContext.JavaScript("x"),
            "Object" => FakeContext.List(FakeContext.Object(("label", "A"), ("condition", FakeContext.JavaScript("x")))),
            _ => input.Options.Count > 0 ? input.Options[0] : "word",
        });
}
