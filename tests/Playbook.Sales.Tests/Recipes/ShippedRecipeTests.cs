using System.Text.RegularExpressions;
using Playbook.Sales.Recipes;
using Playbook.Sales.Tests.Playbooks;

namespace Playbook.Sales.Tests.Recipes;

public sealed partial class ShippedRecipeTests
{
    public static TheoryData<string> Slugs => [.. ShippedPlaybooks.Slugs];

    private static Recipe Read(string slug) => RecipeReader.Read(ShippedPlaybooks.Get(slug).Definition, ShippedPlaybooks.Get(slug).Scripts);

    [Theory, MemberData(nameof(Slugs))]
    public void Every_step_of_a_person_and_every_message_stands_in_the_recipe_once(string slug)
    {
        var wanted = ShippedPlaybooks.Get(slug).Definition.Nodes
            .Where(node => node.Type is "Playbook.GuidedStep" or "Playbook.SendMessage" or "Playbook.HandOver" or "Playbook.BookAppointment" or "Playbook.WaitForReply" or "Playbook.StartPlaybook")
            .Select(node => node.Id).Order(StringComparer.Ordinal);

        var told = Read(slug).Steps.Where(step => wanted.Contains(step.ActivityId)).Select(step => step.ActivityId).Order(StringComparer.Ordinal);

        Assert.Equal(wanted, told);
    }

    [Theory, MemberData(nameof(Slugs))]
    public void Steps_are_numbered_from_one_and_every_way_leads_to_a_step_or_an_end(string slug)
    {
        var recipe = Read(slug);

        Assert.Equal(Enumerable.Range(1, recipe.Steps.Count), recipe.Steps.Select(step => step.Number));
        Assert.All(recipe.Steps.SelectMany(step => step.Ways), way =>
            Assert.True(way.Step is { } step ? step >= 1 && step <= recipe.Steps.Count && way.Then.EndsWith($"go to step {step}", StringComparison.Ordinal) : way.Then.StartsWith("the playbook ends", StringComparison.Ordinal), way.ToString()));
    }

    [Theory, MemberData(nameof(Slugs))]
    public void A_rep_reads_no_word_of_the_engine_and_no_code(string slug)
    {
        var text = RecipeText.Write(Read(slug));

        Assert.DoesNotMatch(EngineWords(), text);
    }

    [Theory, MemberData(nameof(Slugs))]
    public void Each_outcome_that_a_rep_can_choose_says_how_it_goes_on(string slug)
    {
        var playbook = ShippedPlaybooks.Get(slug);
        var recipe = Read(slug);
        foreach (var connection in (System.Text.Json.Nodes.JsonArray)playbook.Definition.Root.Json["connections"]!)
        {
            var source = (string)connection!["source"]!["activity"]!;
            var port = (string)connection["source"]!["port"]!;
            if (playbook.Definition.Find(source) is not { Type: "Playbook.GuidedStep" } || port == "Expired")
                continue;
            var step = recipe.Steps.Single(step => step.ActivityId == source);
            if (step.Ways.Any(way => way.If is not null))
                Assert.Contains(step.Ways, way => way.If?.Contains($"“{port}”", StringComparison.Ordinal) == true);
        }
    }

    [Theory, MemberData(nameof(Slugs))]
    public void What_is_needed_names_roles_and_scripts(string slug)
    {
        var recipe = Read(slug);

        Assert.Contains(recipe.Ingredients, ingredient => ingredient.Kind == "Who takes part" && ingredient.Items.Count > 0);
        Assert.Contains(recipe.Ingredients, ingredient => ingredient.Kind == "Scripts" && ingredient.Items.All(item => item.Contains("(en", StringComparison.Ordinal) || item.Contains("(da, en", StringComparison.Ordinal)));
        Assert.NotNull(recipe.Goal);
    }

    [Fact]
    public void The_waits_of_lead_generation_read_as_a_rep_says_them()
    {
        var text = RecipeText.Write(Read("lead-generation"));

        Assert.Contains("Wait up to 3 days for a reply.", text, StringComparison.Ordinal);
        Assert.Contains("If no answer comes within 3 days or if the message comes back: go to step", text, StringComparison.Ordinal);
        Assert.Contains("If they want no more messages or if they call it spam", text, StringComparison.Ordinal);
        Assert.Contains("If yes: go to step", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Elsa|Flowchart|activity|bookmark|variable|getVariable|=>|\{\{|JavaScript|null|\d+\.\d\d:\d\d:\d\d", RegexOptions.None, 1000)]
    private static partial Regex EngineWords();
}
