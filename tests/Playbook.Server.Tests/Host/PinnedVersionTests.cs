using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Host;

public sealed class PinnedVersionTests
{
    [Fact]
    public async Task A_run_keeps_its_version_when_another_is_published()
    {
        await using var trial = await TrialServer.Start(folder => Draw(folder, "old-way"));
        var old = await trial.Run("steps");
        var task = await trial.FirstTask();
        await trial.Stop();
        Draw(trial.Playbooks, "new-way");
        await trial.StartAgain();

        var fresh = await trial.Run("steps");
        await trial.Post($"/api/tasks/{task}/complete", new JsonObject { ["outcome"] = "Done" });
        await trial.Post($"/api/tasks/{await TaskOf(trial, fresh)}/complete", new JsonObject { ["outcome"] = "Done" });

        Assert.Equal((1, 2), ((int)(await trial.Get($"/api/runs/{old}"))["version"]!, (int)(await trial.Get($"/api/runs/{fresh}"))["version"]!));
        Assert.Equal(["Do old-way", "Do new-way"], [await TitleOf(trial, old), await TitleOf(trial, fresh)]);
    }

    private static void Draw(string folder, string second) => Drawing.Write(folder, "steps", [Drawing.Step("first", ["Done"]), Drawing.Step(second, ["Done"])]);

    private static async Task<string> TaskOf(TrialServer trial, string run) => (string)(await TasksOf(trial, run)).Single()["id"]!;

    private static async Task<string> TitleOf(TrialServer trial, string run) => (string)(await TasksOf(trial, run)).Single()["title"]!;

    private static async Task<IEnumerable<JsonNode>> TasksOf(TrialServer trial, string run) =>
        ((JsonArray)(await trial.Get("/api/tasks"))["items"]!).Select(task => task!).Where(task => ((string)task["runId"]!).Replace("-", "") == run.Replace("-", ""));
}
