using Playbook.Engine.Definitions;
using Playbook.Sales.Scenarios;

namespace Playbook.Sales.Tests.Playbooks;

public sealed class ShippedPlaybookTests
{
    public static TheoryData<string> Slugs => [.. ShippedPlaybooks.Slugs];

    public static TheoryData<string, string> Scenarios
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var slug in ShippedPlaybooks.Slugs)
                foreach (var scenario in ShippedPlaybooks.Get(slug).Scenarios)
                    data.Add(slug, scenario.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_shipped_playbook_has_no_diagnostics(string slug) =>
        Assert.Empty(ShippedPlaybooks.Get(slug).Diagnostics.Select(d => d.ToString()));

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_shipped_playbook_has_steps_channels_roles_and_scenarios_enough(string slug)
    {
        var shipped = ShippedPlaybooks.Get(slug);
        var steps = shipped.Definition.Nodes.Where(n => n.Type is "Playbook.GuidedStep" or "Playbook.SendMessage" or "Playbook.BookAppointment" or "Playbook.HandOver").ToList();
        var channels = steps.SelectMany(n => n.Inputs).Where(b => b.Input.Name == "Channel").Select(b => b.Constant as string).Where(c => !string.IsNullOrEmpty(c)).Distinct();
        Assert.True(steps.Count >= 5, $"{slug} has {steps.Count} steps");
        Assert.True(channels.Count() >= 2, $"{slug} uses the channels {string.Join(", ", channels)}");
        Assert.True(shipped.Scenarios.Count >= 3, $"{slug} has {shipped.Scenarios.Count} scenarios");
        Assert.Contains(shipped.Definition.Nodes, n => n.Type == "Playbook.Qualify");
        Assert.Contains(shipped.Definition.Nodes, n => n.Type == "Playbook.HandOver");
        Assert.Contains(shipped.Definition.Nodes, n => n.Type == "Playbook.SetPhase");
    }

    [Fact]
    public void Every_script_of_lead_generation_is_there_in_English_and_Danish()
    {
        var scripts = ShippedPlaybooks.Get("lead-generation").Scripts.Keys.ToList();
        foreach (var name in scripts.Select(ScriptNames.WithoutLanguage).Distinct())
        {
            Assert.Contains($"{name}.en", scripts);
            Assert.Contains($"{name}.da", scripts);
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_scenario_of_a_shipped_playbook_holds(string slug, string name)
    {
        var shipped = ShippedPlaybooks.Get(slug);
        var result = await new ScenarioRunner(ShippedPlaybooks.Engine).Run(shipped.Definition, shipped.Scripts, shipped.Scenarios.Single(s => s.Name == name));
        Assert.True(result.Passed, $"{result.Difference}\nwent through: {string.Join(" → ", result.Path)}");
    }
}
