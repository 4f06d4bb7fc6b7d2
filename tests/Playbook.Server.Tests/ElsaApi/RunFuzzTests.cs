using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi;

public sealed class RunFuzzTests
{
    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "7", "\"x\"", "{}", "{} {}", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", "{\"ids\":\"\\udc00\"}", "{\"ids\":[\"\\ud800\"]}", "{\"ids\":[[]]}", "{\"ids\":[null]}",
        "{\"ids\":{}}", "{\"ids\":7}", "{\"definitionIds\":[{}]}", "{\"filter\":7}", "{\"filter\":[]}", "{\"filter\":{\"activityIds\":{}}}", "{\"filter\":{\"eventNames\":[1,true,null]}}",
        "{\"timestampFilters\":[7]}", "{\"timestampFilters\":[{}]}", "{\"timestampFilters\":[{\"column\":\"CreatedAt; DROP TABLE Runs\",\"operator\":\"Is\",\"timestamp\":\"2026-01-01\"}]}",
        "{\"timestampFilters\":[{\"column\":\"CreatedAt\",\"operator\":\"Is\",\"timestamp\":\"9999-12-31T00:00:00Z\"}]}", "{\"timestampFilters\":[{\"column\":\"CreatedAt\",\"operator\":9,\"timestamp\":\"x\"}]}",
        "{\"searchTerm\":\"%_\\\\'\\\"--\"}", "{\"searchTerm\":\"\\u0000\"}", "{\"searchTerm\":[1,2]}", "{\"page\":1e99}", "{\"pageSize\":-5}", "{\"page\":\"x\"}", "{\"orderBy\":{}}", "{\"statuses\":[\"x\"]}",
        "{\"workflowInstanceId\":\"x\",\"activityNodeIds\":7}", "{\"workflowInstanceId\":{},\"activityNodeIds\":[{}]}", "{\"result\":{\"outcome\":[]}}", "{\"result\":[1,{\"a\":\"\\ud800\"}]}",
        "{\"result\":{\"outcome\":\"x\",\"fields\":7}}", "{\"definitionId\":\"sale\",\"versionOptions\":{}}", "{\"workflowDefinitionId\":[\"a\",\"b\"]}", new('[', 5000),
    ];

    private static readonly string[] Queries =
    [
        "?page=x", "?page=2147483647&pageSize=2147483647", "?skip=-1", "?take=1e9", "?searchTerm=%00", "?searchTerm=%25%5F%5C", "?timestampFilters=[{}]", "?workflowInstanceId=x&workflowInstanceId=y",
        "?id=", "?id=-", "?id=%F0%28%8C%28-1", "?completed=perhaps", "?includeCrossWorkflowChain=7", "?status=&subStatus=&orderBy=", "?workflowInstanceId=RUN&activityNodeId=%00", "?id=RUN-99999999999999", "?id=RUN--1",
    ];

    [Fact]
    public async Task No_request_about_runs_however_wrong_is_the_servers_fault_or_changes_a_run()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        var before = (await trial.Elsa($"/workflow-instances/{run}")).ToJsonString();
        string[] posts =
        [
            "/workflow-instances", $"/workflow-instances/{run}/journal", $"/workflow-instances/{run}/export", "/activity-executions/report", "/bulk-actions/cancel/workflow-instances",
            "/bulk-actions/delete/workflow-instances", "/bulk-actions/export/workflow-instances", "/bulk-actions/import/workflow-instances", "/tasks/x/complete", $"/tasks/{run}-1/complete", $"/tasks/{run}-77/complete",
            "/cancel/workflow-instances/x",
        ];
        string[] gets =
        [
            "/workflow-instances", $"/workflow-instances/{run}", $"/workflow-instances/{run}/journal", "/activity-executions/list", "/activity-execution-summaries/list", "/activity-executions/by-id",
            $"/activity-executions/{run}-1/call-stack", "/activity-executions/count", "/bulk-actions/export/workflow-instances", "/workflow-instances/%00", "/activity-executions/%2F",
        ];

        foreach (var path in posts)
            foreach (var body in Bodies)
                foreach (var type in (string[])["application/json", "text/plain"])
                {
                    var (status, media, _) = await Send(trial, path, body, type);
                    Check((int)status, media, $"POST {path} {body} as {type}");
                }

        foreach (var path in gets)
            foreach (var query in Queries)
            {
                using var response = await trial.Http.GetAsync(ElsaClient.Api + path + query.Replace("RUN", run, StringComparison.Ordinal));
                Check((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", $"GET {path}{query}");
            }

        Assert.Equal(before, (await trial.Elsa($"/workflow-instances/{run}")).ToJsonString());
        Assert.Equal(1, (int)(await trial.Elsa("/workflow-instances"))["totalCount"]!);
    }

    private static async Task<(System.Net.HttpStatusCode Status, string Media, string Text)> Send(TrialServer trial, string path, string body, string type)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = new(type);
        using var response = await trial.Http.PostAsync(ElsaClient.Api + path, content);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync());
    }

    private static void Check(int status, string media, string what)
    {
        Assert.True(status < 500, $"{what}: {status}");
        Assert.True(status < 400 || media == "application/problem+json", $"{what}: {status} as {media}");
    }
}
