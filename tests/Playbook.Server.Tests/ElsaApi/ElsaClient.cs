using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi;

/// <summary>Talks to Elsa's API as its clients do.</summary>
internal static class ElsaClient
{
    public const string Api = "/elsa/api";

    public static Task<JsonNode> Elsa(this TrialServer trial, string path) => trial.Get(Api + path);

    public static async Task<JsonNode> Ask(this TrialServer trial, string path, JsonObject? body = null)
    {
        var (status, answer) = await trial.Post(Api + path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>Starts a run and gives its id as Elsa's clients write it.</summary>
    public static async Task<string> StartRun(this TrialServer trial, string playbook) => Guid.Parse(await trial.Run(playbook)).ToString("N");

    public static async Task Complete(this TrialServer trial, string run, string outcome, string by = "Bo")
    {
        var task = (string)(await trial.Elsa($"/workflow-instances/{run}"))["workflowState"]!["bookmarks"]!.AsArray().First(b => (string?)b!["payload"]!["kind"] == "Task")!["id"]!;
        var (status, answer) = await trial.Post($"/api/tasks/{task}/complete", new JsonObject { ["outcome"] = outcome, ["by"] = by });
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
    }

    public static async Task<(HttpStatusCode Status, string Type)> Status(this TrialServer trial, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, Api + path);
        using var response = await trial.Http.SendAsync(request);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "");
    }

    public static IEnumerable<string> Ids(this JsonNode list) => list["items"]!.AsArray().Select(item => (string)item!["id"]!);
}
