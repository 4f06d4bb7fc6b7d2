using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Definitions;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Definitions;

public sealed class PublishingTests
{
    [Fact]
    public async Task The_plan_tells_how_many_runs_stay_on_which_version()
    {
        await using var trial = await Server();
        await trial.Run("call");
        await trial.Run("call");
        await Draft(trial, json => json["name"] = "Call anew");

        var plan = (await Publishing(trial).Plan("call"))!;

        Assert.True(plan.IsPossible);
        Assert.Equal((1, 2, 2L), (plan.Live!.Version, plan.Draft.Version, plan.RunsUnderWay));
        Assert.Equal([(1, 2L)], plan.UnderWay.Select(version => (version.Version, version.Count)));
        Assert.Null(await Publishing(trial).Plan("nothing"));
    }

    [Fact]
    public async Task An_error_stops_publishing_and_the_old_version_stays_live()
    {
        await using var trial = await Server();
        await Draft(trial, json => json["root"]!["activities"]![0]!["script"]!["expression"]!["value"] = "no-such-script");

        Assert.False((await Publishing(trial).Plan("call"))!.IsPossible);
        var stopped = await Assert.ThrowsAsync<PlaybookErrorsException>(() => Publishing(trial).Publish("call", "try", "anna"));

        Assert.Contains("no-such-script", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await Store(trial).Get("call", VersionChoice.Published))!.Version);
    }

    [Fact]
    public async Task What_was_retracted_stays_retracted_over_a_restart()
    {
        await using var trial = await Server();
        await Store(trial).Retract("call", "wrong prices", "anna");

        await trial.Stop();
        await trial.StartAgain();

        Assert.Null(await Store(trial).Get("call", VersionChoice.Published));
    }

    [Fact]
    public async Task A_folder_with_errors_is_taken_in_as_a_draft_and_not_published()
    {
        await using var trial = await TrialServer.Start(playbooks => Drawing.Write(playbooks, "call", [Drawing.Step("ask", ["Yes"], script: "missing")]));

        Assert.Null(await Store(trial).Get("call", VersionChoice.Published));
        Assert.NotNull(await Store(trial).Get("call"));
        Assert.Contains("missing", Assert.Single(trial.Server.Playbooks).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_edited_here_is_written_to_the_folder_and_agrees_with_it_then()
    {
        await using var trial = await Server();
        await Draft(trial, json => json["name"] = "Written here");
        var folders = trial.Server.Services.GetRequiredService<PlaybookFolders>();
        Assert.Equal(FolderState.ChangedHere, Assert.Single(await folders.Compare()).State);

        await folders.Write("call", "anna");

        Assert.Equal(FolderState.Same, Assert.Single(await folders.Compare()).State);
        Assert.Contains("Written here", await File.ReadAllTextAsync(Path.Combine(trial.Playbooks, "call", "playbook.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taking_the_folder_over_an_edited_draft_keeps_the_draft_as_an_older_version()
    {
        await using var trial = await Server();
        await Draft(trial, json => json["name"] = "Edited here");
        Drawing.Write(trial.Playbooks, "call", [Drawing.Step("other", ["Yes"])]);
        var folders = trial.Server.Services.GetRequiredService<PlaybookFolders>();
        Assert.Equal(FolderState.ChangedBoth, Assert.Single(await folders.Compare()).State);

        await folders.Take("call", "anna");

        Assert.Equal([(3, "call"), (2, "Edited here"), (1, "call")], (await Store(trial).Versions("call")).Select(version => (version.Version, version.Name)));
    }

    private static Task<TrialServer> Server() => TrialServer.Start(playbooks => Drawing.Write(playbooks, "call", [Drawing.Step("ask", ["Yes", "No"], script: "ask")], ("ask.en.sbn", "May I?")));

    private static DefinitionStore Store(TrialServer trial) => trial.Server.Services.GetRequiredService<DefinitionStore>();

    private static Publishing Publishing(TrialServer trial) => trial.Server.Services.GetRequiredService<Publishing>();

    private static async Task Draft(TrialServer trial, Action<JsonNode> change)
    {
        var json = JsonNode.Parse((await Store(trial).Get("call"))!.Json)!;
        change(json);
        await Store(trial).SaveDraft("call", new((string)json["name"]!, json.ToJsonString()), "anna");
    }
}
