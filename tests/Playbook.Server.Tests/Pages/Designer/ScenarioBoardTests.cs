using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Definitions;
using Playbook.Server.Pages.Designer;
using Playbook.Server.Pages.Designer.Scenarios;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Pages.Designer;

public sealed class ScenarioBoardTests
{
    private const string Passing = """{"name": "It waits for the call", "given": {"contact": {"id": "c-1", "first_name": "Ada"}}, "then": [{"task": {"activity": "call"}}]}""";
    private const string Failing = """{"name": "It ends at once", "given": {"contact": {"id": "c-1"}}, "then": [{"status": "Finished"}]}""";

    [Fact]
    public async Task Each_scenario_is_green_or_red_with_the_first_difference_and_what_cannot_be_read_says_why()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        using var board = Board(trial);

        await Run(trial, board, ("a.json", Passing), ("b.json", Failing), ("c.json", "{ broken"));

        Assert.Equal([true, false, false], board.Rows!.Select(row => row.Passed));
        Assert.Equal(["It waits for the call", "It ends at once", "c.json"], board.Rows!.Select(row => row.Name));
        Assert.Contains("expected the run to be Finished", board.Rows![1].Result!.Difference, StringComparison.Ordinal);
        Assert.Contains("not valid JSON", board.Rows![2].Result!.Difference, StringComparison.Ordinal);
        Assert.Contains("call", board.Rows![1].Result!.Path);
        Assert.Equal(new ScenarioTally(1, 3), board.Tally);
    }

    [Fact]
    public async Task The_same_contents_do_not_run_again_unless_somebody_asks()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        using var board = Board(trial);
        await Run(trial, board, ("a.json", Passing));
        var first = board.Rows![0].Result;

        await Run(trial, board, ("a.json", Passing));
        Assert.Same(first, board.Rows![0].Result);

        await Run(trial, board, again: true, ("a.json", Passing));
        Assert.NotSame(first, board.Rows![0].Result);
    }

    [Fact]
    public async Task A_change_while_they_run_gives_the_old_ones_up()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        using var board = Board(trial);
        var many = Enumerable.Range(0, 300).Select(i => ($"s{i:000}.json", Passing)).ToArray();

        var old = Run(trial, board, many);
        await Run(trial, board, ("only.json", Failing));
        await old;

        Assert.Equal("only.json", Assert.Single(board.Rows!).File);
        Assert.False(board.IsRunning);
        Assert.Equal(new ScenarioTally(0, 1), board.Tally);
    }

    [Theory]
    [InlineData("A mail that comes back", "a-mail-that-comes-back.json")]
    [InlineData("Økonomi: år 2", "konomi-ar-2.json")]
    [InlineData("…", "scenario.json")]
    [InlineData("Taken", "taken-2.json")]
    public void A_scenarios_file_is_named_after_it(string name, string file) => Assert.Equal(file, ScenarioFiles.NameFor(name, ["taken.json"]));

    private static ScenarioBoard Board(TrialServer trial) => new(trial.Server.Services.GetRequiredService<ScenarioSuite>());

    private static Task Run(TrialServer trial, ScenarioBoard board, params (string File, string Text)[] scenarios) => Run(trial, board, false, scenarios);

    private static async Task Run(TrialServer trial, ScenarioBoard board, bool again, params (string File, string Text)[] scenarios)
    {
        var playbook = await trial.Server.Services.GetRequiredService<DefinitionCache>().Published("outreach");
        var texts = scenarios.Select(one => new ContentText(DefinitionTextKind.Scenario, one.File, one.Text)).ToList();
        await board.Run(string.Join('|', scenarios.Select(one => one.Text)), playbook, texts, again);
    }
}
