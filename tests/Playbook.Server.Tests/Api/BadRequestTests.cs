using System.Net;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Api;

public sealed class BadRequestTests
{
    private static readonly string[] Paths =
    [
        "/api/runs", "/api/runs/bulk", "/api/events/paid", "/api/tasks/x/complete", "/api/subjects/x/reply", "/api/work/x/complete", "/api/clock/advance",
        "/api/runs/01a20922-9162-76b0-a3d3-3be015aae18f/cancel", "/api/runs/no-guid/cancel", "/api/nothing",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "7", "\"x\"", "{}", "{\"playbook\":7}", "{\"playbook\":\"none\"}", "{\"playbook\":\"outreach\",\"subject\":\"me\"}",
        "{\"playbook\":\"outreach\",\"subject\":{\"kind\":\"contact\",\"id\":\"x\"}}", "{\"playbook\":\"outreach\",\"id\":\"x\"}",
        "{\"playbook\":\"outreach\",\"input\":[1]}", "{\"playbook\":\"outreach\",\"input\":{\"a\":1,\"a\":2}}", "{\"playbook\":\"outreach\",\"input\":{\"a\":\"\\ud800\"}}",
        "{\"playbook\":\"outreach\",\"stage\":\"x\",\"limit\":0}", "{\"payload\":\"\\udc00\"}", "{\"by\":\"-1.00:00:00\"}", "{\"by\":\"x\"}", "{\"to\":\"1999-01-01T00:00:00Z\"}",
        "{\"outcome\":{}}", "{\"fields\":[]}", new('[', 5000),
    ];

    [Fact]
    public async Task No_body_however_wrong_is_the_servers_fault()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        var paths = Paths.Append($"/api/tasks/{await trial.FirstTask()}/complete").ToList();

        foreach (var path in paths)
            foreach (var body in Bodies)
                foreach (var type in new[] { "application/json", "text/plain" })
                {
                    var (status, media, _) = await trial.PostText(path, body, type);

                    Assert.True((int)status < 500, $"{path} {body}: {status}");
                    Assert.True((int)status < 400 || media == "application/problem+json", $"{path} {body}: {status} as {media}");
                }
    }

    [Theory]
    [InlineData("/api/runs?status=nonsense")]
    [InlineData("/api/runs?take=many")]
    [InlineData("/api/runs/nothing")]
    [InlineData("/api/runs/01a20922-9162-76b0-a3d3-3be015aae18f")]
    [InlineData("/api/runs/01a20922-9162-76b0-a3d3-3be015aae18f/history")]
    public async Task A_question_that_makes_no_sense_is_answered_with_a_problem(string path)
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);

        using var response = await trial.Http.GetAsync(path);

        Assert.InRange((int)response.StatusCode, 400, 499);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Host", "evil.example", HttpStatusCode.Forbidden)]
    public async Task A_page_of_another_site_may_not_write(string header, string value, HttpStatusCode expected)
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/events/paid");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await trial.Http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);

        var paths = (await trial.Get("/openapi/v1.json"))["paths"]!.AsObject().Select(path => path.Key).ToList();

        Assert.Contains("/api/runs/bulk", paths);
        Assert.Contains("/health", paths);
        Assert.Equal(HttpStatusCode.OK, (await trial.Http.GetAsync("/docs")).StatusCode);
    }
}
